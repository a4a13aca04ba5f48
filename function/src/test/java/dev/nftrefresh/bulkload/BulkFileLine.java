package dev.nftrefresh.bulkload;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A line of a bulk file, whose token's name is its place in the file.
 *
 * @param id of the token; null if there is none
 * @param own its own time, in seconds before the base; null if it has none
 */
record BulkFileLine(@Nullable Integer id, @Nullable Integer own) {
    static final String CSV_HEADER =
            "token_id,name,description,image,external_url,animation_url,youtube_url,attributes,updated_at";

    boolean good() {
        return id != null;
    }

    Instant version() {
        return own == null ? BulkLoaderFixture.UPLOADED : BulkLoaderFixture.UPLOADED.minusSeconds(own);
    }

    /** A JSON object. */
    String json(int place, String description) {
        String time = own == null ? "" : ",\"updated_at\":\"" + version() + '"';
        return id == null
                ? "{\"place\":" + place + "}"
                : """
                  {"token_id":"%d","name":"place %d","description":%s,"image":null,"external_url":null,\
                  "animation_url":null,"youtube_url":null,"attributes":[]%s}""".formatted(id, place, description.isEmpty() ? "null" : '"' + description + '"', time);
    }

    /** A record of a CSV file with that header. */
    String csv(int place, String description) {
        return id == null
                ? "x,y"
                : Stream.of(id, "place " + place, description, "", "", "", "", "[]", own == null ? "" : version())
                        .map(Object::toString)
                        .collect(Collectors.joining(","));
    }
}
