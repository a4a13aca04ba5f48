package dev.nftrefresh.benchmarks;

import dev.nftrefresh.bulk.ObjectId;
import dev.nftrefresh.bulk.ObjectStore;
import dev.nftrefresh.bulk.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A bucket whose one object is a file of this machine, and that forgets what is written into it but its last report. */
final class OneFile implements ObjectStore {
    private final Path file;
    private volatile String report = "";

    OneFile(Path file) {
        this.file = file;
    }

    /** The report that was written last. */
    String report() {
        return report;
    }

    @Override
    public @Nullable StoredObject open(ObjectId id, long from) throws IOException {
        InputStream content = Files.newInputStream(file);
        content.skipNBytes(from);
        return new StoredObject(
                content, Files.size(file), Files.getLastModifiedTime(file).toInstant(), null);
    }

    @Override
    public State state(ObjectId id) {
        return State.NEWEST;
    }

    @Override
    public void put(String bucket, String key, Content content) throws IOException {
        try (InputStream in = content.source().open()) {
            report = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void delete(String bucket, String key) {}
}
