package dev.nftrefresh.bulkload;

import dev.nftrefresh.bulkload.ObjectStore.VersionState;
import java.nio.charset.StandardCharsets;

/**
 * The keys of a file's report and rejected elements.
 *
 * @param under the file's key without {@code incoming/}
 * @param identity of the upload
 */
record ReportKeys(String under, String identity) {
    static final String FOLDER = "reports/";
    /** S3's limit, in bytes of UTF-8. */
    private static final int LONGEST_KEY = 1024;

    private static final String INCOMING = "incoming/";

    static ReportKeys of(FileUpload upload) {
        String key = upload.object().key();
        String under = key.startsWith(INCOMING) ? key.substring(INCOMING.length()) : key;
        return new ReportKeys(under, upload.identity());
    }

    /** Whether S3 accepts all of them. */
    boolean fit() {
        return part(Integer.MAX_VALUE).getBytes(StandardCharsets.UTF_8).length <= LONGEST_KEY;
    }

    /** The report's key. A replaced version's report is next to the newer one's, and never replaces it. */
    String report(VersionState state) {
        return stem(state) + ".report.json";
    }

    /** The key of the object with all rejected elements. */
    String rejected(VersionState state) {
        return stem(state) + ".rejected.ndjson";
    }

    /** The key of a part of the rejected elements. Two versions that are loaded at once have different keys. */
    String part(int number) {
        return "%s%s.%s.rejected.ndjson.part-%d".formatted(FOLDER, under, identity, number);
    }

    private String stem(VersionState state) {
        return FOLDER + under + (state == VersionState.REPLACED ? "." + identity : "");
    }
}
