package dev.nftrefresh.bulkfile;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The type of a file's content according to the ending of its name.
 *
 * @param gzip whether the content is compressed, as a gzip of one or more members
 */
public record BulkFileType(BulkFileFormat format, boolean gzip) {
    /** The endings that {@link #ofName} knows, for sentences. */
    public static final String ENDINGS = ".ndjson, .jsonl, .json or .csv, each also with .gz after it";

    private static final String GZIP = ".gz";

    /** The type of a file of this name, or null if its ending is unknown, in upper or lower case. */
    public static @Nullable BulkFileType ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean gzip = lower.endsWith(GZIP);
        String plain = gzip ? lower.substring(0, lower.length() - GZIP.length()) : lower;
        BulkFileFormat format = format(plain);
        return format == null ? null : new BulkFileType(format, gzip);
    }

    private static @Nullable BulkFileFormat format(String name) {
        if (name.endsWith(".ndjson") || name.endsWith(".jsonl")) {
            return BulkFileFormat.NDJSON;
        }
        if (name.endsWith(".json")) {
            return BulkFileFormat.JSON;
        }
        return name.endsWith(".csv") ? BulkFileFormat.CSV : null;
    }
}
