package dev.nftrefresh.bulkload;

import dev.nftrefresh.bulkload.ObjectStore.ContentSource;
import dev.nftrefresh.bulkload.ObjectStore.ObjectContent;
import dev.nftrefresh.bulkload.ObjectStore.VersionState;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.IntStream;

/** Writes the report and the rejected elements of one file. */
final class ReportWriter {
    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";

    private final ObjectStore store;
    private final ObjectVersionId file;
    private final ReportKeys names;

    ReportWriter(ObjectStore store, FileUpload upload) {
        this.store = store;
        this.file = upload.object();
        this.names = ReportKeys.of(upload);
    }

    /** Writes the report, replacing the last one unless that is a newer version's. */
    void write(BulkLoadReport report) throws IOException {
        write(report, store.state(file));
    }

    void write(BulkLoadReport report, VersionState state) throws IOException {
        store.put(file.bucket(), names.report(state), ObjectContent.of(report.json(), JSON));
    }

    void writePart(int number, byte[] lines) throws IOException {
        store.put(file.bucket(), names.part(number), ObjectContent.of(lines, NDJSON));
    }

    /** Joins the parts into one object; without parts, deletes what the load of an earlier upload left there. */
    void joinParts(int parts, long bytes, VersionState state) throws IOException {
        if (parts == 0) {
            deleteIfExists(names.rejected(state));
        } else {
            store.put(
                    file.bucket(),
                    names.rejected(state),
                    new ObjectContent(
                            () -> new ConcatenatedInputStream(IntStream.range(0, parts)
                                    .<ContentSource>mapToObj(i -> () -> open(names.part(i)))
                                    .iterator()),
                            bytes,
                            NDJSON));
        }
    }

    /** In a versioned bucket, deleting an object that never existed leaves a delete marker. */
    private void deleteIfExists(String key) throws IOException {
        if (exists(key)) {
            store.delete(file.bucket(), key);
        }
    }

    /** Deletes so many parts, and later ones that no checkpoint recorded. */
    void deleteParts(int parts) throws IOException {
        for (int i = 0; i < parts || exists(names.part(i)); i++) {
            store.delete(file.bucket(), names.part(i));
        }
    }

    private boolean exists(String key) throws IOException {
        return store.state(ObjectVersionId.newest(file.bucket(), key)) != VersionState.DELETED;
    }

    private InputStream open(String key) throws IOException {
        StoredObject part = store.open(ObjectVersionId.newest(file.bucket(), key), 0);
        if (part == null) {
            throw new ServiceUnavailableException(
                    "The part s3://%s/%s of the rejected tokens is gone; upload the file again."
                            .formatted(file.bucket(), key),
                    null);
        }
        return part.content();
    }
}
