package com.example.game;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * New metadata of tokens of one collection: a message on the refresh queue.
 *
 * @param updatedAt when you made the change; of two updates of one token, the later one wins
 */
public record TokenUpdate(String chainName, String contractAddress, Instant updatedAt, List<Token> nftMetadata) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /** The whole metadata of a token; null means that the token has none of it. */
    public record Token(
            String tokenId,
            @Nullable String name,
            @Nullable String description,
            @Nullable String image,
            @Nullable String externalUrl,
            @Nullable String animationUrl,
            @Nullable String youtubeUrl,
            @Nullable List<Attribute> attributes) {}

    /**
     * One trait.
     *
     * @param displayType null, number, boost_percentage, boost_number or date
     * @param value a text, a number or a Boolean
     */
    public record Attribute(@Nullable String displayType, String traitType, Object value) {}

    /** The body of the queue message. */
    public String toJson() {
        return JSON.writeValueAsString(this);
    }
}
