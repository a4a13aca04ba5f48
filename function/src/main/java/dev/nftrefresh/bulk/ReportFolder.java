package dev.nftrefresh.bulk;

import dev.nftrefresh.bulk.ObjectStore.Content;
import dev.nftrefresh.bulk.ObjectStore.Source;
import dev.nftrefresh.bulk.ObjectStore.State;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.IntStream;

/** Writes what is told about one file. */
final class ReportFolder {
    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";

    private final ObjectStore store;
    private final ObjectId file;
    private final ReportNames names;

    ReportFolder(ObjectStore store, Upload upload) {
        this.store = store;
        this.file = upload.object();
        this.names = ReportNames.of(upload);
    }

    /** Writes the report, in place of the last one unless that is a newer version's. */
    void write(Report report) throws IOException {
        write(report, store.state(file));
    }

    void write(Report report, State state) throws IOException {
        store.put(file.bucket(), names.report(state), Content.of(report.json(), JSON));
    }

    void writePart(int number, byte[] lines) throws IOException {
        store.put(file.bucket(), names.part(number), Content.of(lines, NDJSON));
    }

    /** Makes one object of the parts; without parts, what an earlier upload's load left there is deleted. */
    void joinParts(int parts, long bytes, State state) throws IOException {
        if (parts == 0) {
            forget(names.rejected(state));
        } else {
            store.put(
                    file.bucket(),
                    names.rejected(state),
                    new Content(
                            () -> new JoinedInput(IntStream.range(0, parts)
                                    .<Source>mapToObj(i -> () -> open(names.part(i)))
                                    .iterator()),
                            bytes,
                            NDJSON));
        }
    }

    /** Where versions are kept, deleting what never was leaves a mark of it. */
    private void forget(String key) throws IOException {
        if (exists(key)) {
            store.delete(file.bucket(), key);
        }
    }

    /** Deletes so many parts, and those behind them that no checkpoint came to know of. */
    void deleteParts(int parts) throws IOException {
        for (int i = 0; i < parts || exists(names.part(i)); i++) {
            store.delete(file.bucket(), names.part(i));
        }
    }

    private boolean exists(String key) throws IOException {
        return store.state(ObjectId.newest(file.bucket(), key)) != State.DELETED;
    }

    private InputStream open(String key) throws IOException {
        StoredObject part = store.open(ObjectId.newest(file.bucket(), key), 0);
        if (part == null) {
            throw new Unavailable(
                    "The part s3://%s/%s of the rejected tokens is gone; upload the file again."
                            .formatted(file.bucket(), key),
                    null);
        }
        return part.content();
    }
}
