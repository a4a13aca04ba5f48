package dev.nftrefresh.local.convert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.nftrefresh.local.convert.JsonValue.Digits;
import dev.nftrefresh.local.convert.JsonValue.Fields;
import dev.nftrefresh.local.convert.JsonValue.Items;
import dev.nftrefresh.local.convert.JsonValue.Text;
import dev.nftrefresh.local.convert.JsonValue.Word;
import dev.nftrefresh.update.TokenField;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a token of what a database or a marketplace's metadata file has of it. */
final class TokenConversion {
    private static final String UPDATED_AT = "updated_at";
    private static final JsonFactory JSON = new JsonFactory();

    /** How others name a field. The first that is there is taken. */
    private static final Map<String, List<String>> OTHER_NAMES = Map.of(
            "token_id",
            List.of("tokenId", "tokenID", "id", "edition", "_id"),
            "image",
            List.of("image_url", "imageUrl"),
            "external_url",
            List.of("externalUrl", "external_link"),
            "animation_url",
            List.of("animationUrl"),
            "youtube_url",
            List.of("youtubeUrl"),
            "attributes",
            List.of("traits"),
            UPDATED_AT,
            List.of("updatedAt"));

    /** These may as well be the row's own id. */
    private static final Set<String> ROW_IDS = Set.of("id", "_id");

    private static final String ROW_ID_HINT = "; is that the token's id? Else name its field with --token-id";

    private static final Map<String, List<String>> OTHER_NAMES_IN_ATTRIBUTES =
            Map.of("trait_type", List.of("traitType"), "display_type", List.of("displayType"));

    private static final Set<String> DISPLAY_TYPES = Set.of("number", "boost_percentage", "boost_number", "date");

    /** Up to here every integer is a double, so that one which was kept as a double is still known exactly. */
    private static final BigDecimal EXACT_DOUBLES = BigDecimal.valueOf(1L << 53);

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private final ConversionChanges changes;
    private final boolean keepsOtherFields;
    private final @Nullable String tokenIdField;

    /**
     * Notes what it changes.
     *
     * @param keepsOtherFields whether fields that no token has stay
     * @param tokenIdField where the token's id is, if the names that are known for it will not do
     */
    TokenConversion(ConversionChanges changes, boolean keepsOtherFields, @Nullable String tokenIdField) {
        this.changes = changes;
        this.keepsOtherFields = keepsOtherFields;
        this.tokenIdField = tokenIdField;
    }

    /** The token; whether its values are good the function's own reader has to say. */
    Fields convert(ExportDocument document) throws UnconvertibleException {
        if (!(new ExtendedJson(changes).plain(document.content()) instanceof Fields(var values))) {
            throw new UnconvertibleException("not an object");
        }
        Map<String, JsonValue> source = new LinkedHashMap<>(unwrapped(values));
        Map<String, JsonValue> token = new LinkedHashMap<>();
        for (TokenField field : TokenField.values()) {
            token.put(field.json(), value(field, source, document));
        }
        @Nullable JsonValue updatedAt = take(source, UPDATED_AT, OTHER_NAMES);
        if (updatedAt != null && !updatedAt.equals(Word.NULL)) {
            token.put(UPDATED_AT, ExportedTime.of(updatedAt, changes));
        }
        source.forEach((name, value) -> {
            if (keepsOtherFields) {
                token.put(name, value);
            } else {
                changes.made("field \"" + name + "\" left out: no token has it");
            }
        });
        return new Fields(token);
    }

    /** A row as {@code SELECT row_to_json(t)} is shown by tools that write each column. */
    private Map<String, JsonValue> unwrapped(Map<String, JsonValue> values) {
        if (values.size() == 1 && values.get("row_to_json") instanceof Fields(var row)) {
            changes.made("row_to_json: its content taken as the document");
            return row;
        }
        return values;
    }

    private JsonValue value(TokenField field, Map<String, JsonValue> source, ExportDocument document)
            throws UnconvertibleException {
        if (field == TokenField.TOKEN_ID && document.fileId() != null) {
            changes.made("token_id taken from the file's name");
            source.remove(field.json());
            return new Text(document.fileId());
        }
        @Nullable
        JsonValue value = field == TokenField.TOKEN_ID && tokenIdField != null
                ? takeTokenId(source, tokenIdField)
                : take(source, field.json(), OTHER_NAMES);
        if (value == null && field == TokenField.TOKEN_ID) {
            throw new UnconvertibleException("no token_id, nor a known name for it; say its name with --token-id");
        }
        if (value == null) {
            changes.made(field.json() + ": missing, now null, which empties it");
            return Word.NULL;
        }
        return switch (field) {
            case TOKEN_ID -> tokenId(value);
            case ATTRIBUTES -> attributes(value);
            default -> text(field.json(), value);
        };
    }

    /** Takes a field out of its document, by its own name or else by another one. */
    private @Nullable JsonValue take(Map<String, JsonValue> source, String name, Map<String, List<String>> otherNames) {
        @Nullable JsonValue value = source.remove(name);
        if (value != null) {
            return value;
        }
        for (String other : otherNames.getOrDefault(name, List.of())) {
            value = source.remove(other);
            if (value != null) {
                changes.made(other + ": now called " + name + (ROW_IDS.contains(other) ? ROW_ID_HINT : ""));
                return value;
            }
        }
        return null;
    }

    private static JsonValue takeTokenId(Map<String, JsonValue> source, String name) throws UnconvertibleException {
        @Nullable JsonValue value = source.remove(name);
        source.remove(TokenField.TOKEN_ID.json());
        if (value == null) {
            throw new UnconvertibleException("no field \"" + name + "\", which --token-id names");
        }
        return value;
    }

    private JsonValue tokenId(JsonValue value) throws UnconvertibleException {
        if (!(value instanceof Digits(var digits))) {
            return value;
        }
        changes.made("token_id: a number, now a text");
        if (DIGITS.matcher(digits).matches()) {
            return new Text(digits);
        }
        var number = new BigDecimal(digits);
        if (number.abs().compareTo(EXACT_DOUBLES) > 0) {
            throw new UnconvertibleException("token_id is a rounded number above 2^53; export it as a text");
        }
        if (number.stripTrailingZeros().scale() > 0) {
            throw new UnconvertibleException("token_id is not a whole number");
        }
        return new Text(number.toBigInteger().toString());
    }

    private JsonValue text(String field, JsonValue value) {
        return switch (value) {
            case Digits(var digits) -> {
                changes.made(field + ": a number, now a text");
                yield new Text(digits);
            }
            default -> value;
        };
    }

    private JsonValue attributes(JsonValue value) throws UnconvertibleException {
        return switch (value) {
            case Text(var text) -> {
                changes.made("attributes: a text that holds JSON, now the JSON");
                yield attributes(parsed(text));
            }
            case Fields(var traits) -> {
                changes.made("attributes: an object, now an array of traits");
                List<JsonValue> list = new ArrayList<>(traits.size());
                for (var trait : traits.entrySet()) {
                    list.add(new Fields(Map.of("trait_type", new Text(trait.getKey()), "value", trait.getValue())));
                }
                yield traits(list);
            }
            case Items(var list) -> traits(list);
            default -> value;
        };
    }

    private static JsonValue parsed(String text) throws UnconvertibleException {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != null) {
                JsonValue value = JsonValue.read(parser);
                if (!(value instanceof Text)) {
                    return value;
                }
            }
        } catch (IOException _) {
            // Said below: it is the reader's sentence that would be long.
        }
        throw new UnconvertibleException("attributes is a text that holds no JSON");
    }

    private Items traits(List<JsonValue> list) {
        List<JsonValue> traits = new ArrayList<>(list.size());
        for (JsonValue each : list) {
            if (each instanceof Fields(var values)) {
                Map<String, JsonValue> trait = trait(new LinkedHashMap<>(values));
                if (Word.NULL.equals(trait.get("value"))) {
                    changes.made("attribute without a value left out");
                } else {
                    traits.add(new Fields(trait));
                }
            } else {
                traits.add(each);
            }
        }
        return new Items(traits);
    }

    private Map<String, JsonValue> trait(Map<String, JsonValue> source) {
        Map<String, JsonValue> trait = new LinkedHashMap<>();
        @Nullable JsonValue displayType = take(source, "display_type", OTHER_NAMES_IN_ATTRIBUTES);
        if (displayType instanceof Text(var type) && !DISPLAY_TYPES.contains(type)) {
            changes.made("display_type \"" + type + "\" left out: the API does not know it");
        } else if (displayType != null) {
            trait.put("display_type", displayType);
        }
        for (String name : List.of("trait_type", "value")) {
            @Nullable JsonValue value = take(source, name, OTHER_NAMES_IN_ATTRIBUTES);
            if (value != null) {
                trait.put(name, value);
            }
        }
        trait.putAll(source);
        return trait;
    }
}
