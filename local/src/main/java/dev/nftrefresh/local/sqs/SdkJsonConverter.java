package dev.nftrefresh.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/** Requests and answers of the SDK as the JSON that goes over the wire; the SDK's own objects say how. */
final class SdkJsonConverter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SdkJsonConverter() {}

    /** The builder, with what the JSON has of its fields. */
    static <B extends SdkPojo> B into(B builder, JsonNode json) {
        for (SdkField<?> field : builder.sdkFields()) {
            JsonNode value = json.get(field.locationName());
            if (value != null && !value.isNull()) {
                field.set(builder, read(field, value));
            }
        }
        return builder;
    }

    private static Object read(SdkField<?> field, JsonNode value) {
        MarshallingType<?> type = field.marshallingType();
        if (MarshallingType.STRING.equals(type)) {
            return checked(field, value.isTextual(), value).asText();
        } else if (MarshallingType.INTEGER.equals(type)) {
            return checked(field, value.canConvertToInt(), value).asInt();
        } else if (MarshallingType.SDK_BYTES.equals(type)) {
            return SdkBytes.fromByteArrayUnsafe(decoded(field, value));
        } else if (MarshallingType.LIST.equals(type)) {
            List<Object> list = new ArrayList<>();
            SdkField<?> element = field.getTrait(ListTrait.class).memberFieldInfo();
            checked(field, value.isArray(), value).forEach(one -> list.add(read(element, one)));
            return list;
        } else if (MarshallingType.MAP.equals(type)) {
            Map<String, Object> map = new LinkedHashMap<>();
            SdkField<?> element = field.getTrait(MapTrait.class).valueFieldInfo();
            checked(field, value.isObject(), value)
                    .properties()
                    .forEach(entry -> map.put(entry.getKey(), read(element, entry.getValue())));
            return map;
        } else if (MarshallingType.SDK_POJO.equals(type)) {
            SdkPojo builder = into(field.constructor().get(), checked(field, value.isObject(), value));
            return ((Buildable) builder).build();
        }
        throw new IllegalStateException("No call of SQS has a field of the type of " + field.locationName() + ".");
    }

    private static byte[] decoded(SdkField<?> field, JsonNode value) {
        try {
            return Base64.getDecoder()
                    .decode(checked(field, value.isTextual(), value).asText());
        } catch (IllegalArgumentException _) {
            throw wrong(field);
        }
    }

    private static JsonNode checked(SdkField<?> field, boolean fits, JsonNode value) {
        if (!fits) {
            throw wrong(field);
        }
        return value;
    }

    private static SqsErrorException wrong(SdkField<?> field) {
        return new SqsErrorException(
                "SerializationException", "The parameter " + field.locationName() + " has a value of a wrong type.");
    }

    static ObjectNode of(SdkPojo pojo) {
        ObjectNode json = JSON.objectNode();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.getValueOrDefault(pojo);
            if (value != null && !isAbsent(value)) {
                json.set(field.locationName(), written(value));
            }
        }
        return json;
    }

    /** What nobody set is an empty list or map of the SDK's own. */
    private static boolean isAbsent(Object value) {
        return value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap;
    }

    private static JsonNode written(@Nullable Object value) {
        return switch (value) {
            case null -> JSON.nullNode();
            case String text -> JSON.textNode(text);
            case Integer number -> JSON.numberNode(number);
            case Boolean truth -> JSON.booleanNode(truth);
            case SdkBytes bytes -> JSON.textNode(Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe()));
            case List<?> list -> {
                ArrayNode array = JSON.arrayNode();
                list.forEach(element -> array.add(written(element)));
                yield array;
            }
            case Map<?, ?> map -> {
                ObjectNode object = JSON.objectNode();
                map.forEach((name, element) -> object.set(String.valueOf(name), written(element)));
                yield object;
            }
            case SdkPojo pojo -> of(pojo);
            default -> throw new IllegalStateException("No answer of SQS has a " + value.getClass() + ".");
        };
    }
}
