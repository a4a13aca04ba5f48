package dev.nftrefresh.bulkload;

import dev.nftrefresh.bulkload.ObjectStore.VersionState;
import java.nio.charset.StandardCharsets;

/**
 * The keys of what is written about a file.
 *
 * @param under the file's key without {@code incoming/}
 * @param identity of the upload
 */
record ReportKeys(String under, String identity) {
    static final String FOLDER = "reports/";
    /** Of S3, in bytes of UTF-8. */
    private static final int LONGEST_KEY = 1024;

    private static final String INCOMING = "incoming/";

    static ReportKeys of(FileUpload upload) {
        String key = upload.object().key();
        String under = key.startsWith(INCOMING) ? key.substring(INCOMING.length()) : key;
        return new ReportKeys(under, upload.identity());
    }

    /** Whether S3 takes all of them. */
    boolean fit() {
        return part(Integer.MAX_VALUE).getBytes(StandardCharsets.UTF_8).length <= LONGEST_KEY;
    }

    /** The outcome. That of a replaced version stands beside the newer one's, never in its place. */
    String report(VersionState state) {
        return stem(state) + ".report.json";
    }

    /** The rejected elements, all in one. */
    String rejected(VersionState state) {
        return stem(state) + ".rejected.ndjson";
    }

    /** Some of the rejected elements. Two versions that are loaded at once do not write the same ones. */
    String part(int number) {
        return "%s%s.%s.rejected.ndjson.part-%d".formatted(FOLDER, under, identity, number);
    }

    private String stem(VersionState state) {
        return FOLDER + under + (state == VersionState.REPLACED ? "." + identity : "");
    }
}
