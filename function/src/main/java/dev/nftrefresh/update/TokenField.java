package dev.nftrefresh.update;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The eight fields that a token must have ({@code RefreshMetadataByTokenID} of the OpenAPI). */
public enum TokenField {
    TOKEN_ID,
    NAME,
    DESCRIPTION,
    IMAGE,
    EXTERNAL_URL,
    ANIMATION_URL,
    YOUTUBE_URL,
    ATTRIBUTES;

    private final String json = name().toLowerCase(Locale.ROOT);

    /** The field's name in JSON. */
    public String json() {
        return json;
    }

    static @Nullable TokenField named(String name) {
        return switch (name) {
            case "token_id" -> TOKEN_ID;
            case "name" -> NAME;
            case "description" -> DESCRIPTION;
            case "image" -> IMAGE;
            case "external_url" -> EXTERNAL_URL;
            case "animation_url" -> ANIMATION_URL;
            case "youtube_url" -> YOUTUBE_URL;
            case "attributes" -> ATTRIBUTES;
            default -> null;
        };
    }
}
