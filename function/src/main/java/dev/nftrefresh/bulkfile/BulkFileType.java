package dev.nftrefresh.bulkfile;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the ending of a file's name says of its content.
 *
 * @param gzip whether the format stands in a gzip of one member or several
 */
public record BulkFileType(BulkFileFormat format, boolean gzip) {
    /** The endings that {@link #ofName} knows, for sentences. */
    public static final String ENDINGS = ".ndjson, .jsonl, .json or .csv, each also with .gz after it";

    private static final String GZIP = ".gz";

    /** The kind of a file of this name, or null if its ending, in letters of either case, is unknown. */
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
