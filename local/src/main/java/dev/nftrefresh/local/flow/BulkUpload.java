package dev.nftrefresh.local.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nftrefresh.bulk.ObjectId;
import dev.nftrefresh.bulk.ObjectStore;
import dev.nftrefresh.bulk.StoredObject;
import dev.nftrefresh.update.CollectionId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A bucket with one bulk file in it, which is read where it stands; what the loader writes stays in memory. */
public final class BulkUpload implements ObjectStore {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BUCKET = "local";
    private static final String REPORT = ".report.json";
    private static final String REJECTED = ".rejected.ndjson";

    private final Path file;
    private final String under;
    private final Map<String, byte[]> written = new ConcurrentHashMap<>();
    private final AtomicLong position = new AtomicLong();
    private final LoadMetrics metrics = new LoadMetrics();

    /** This file, uploaded for this collection. */
    public BulkUpload(Path file, CollectionId collection) {
        this.file = file;
        under = collection.chainName() + "/" + collection.contractAddress() + "/" + file.getFileName();
    }

    /** What S3 says of the upload. */
    public String notification() {
        String key = URLEncoder.encode("incoming/" + under, StandardCharsets.UTF_8);
        return """
                {"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"%s"},"object":{"key":"%s","versionId":"1"}}}]}""".formatted(BUCKET, key);
    }

    /** Counts what the loader makes of the file. */
    public LoadMetrics metrics() {
        return metrics;
    }

    /** Bytes of the file, as it stands there. */
    public long size() throws IOException {
        return Files.size(file);
    }

    /** Up to which byte the file is read. */
    public long position() {
        return position.get();
    }

    /** The report as it is now; empty before the load begins. */
    public Optional<String> report() {
        return text(REPORT);
    }

    /** A figure of the report; 0 before the load begins. */
    public long reported(String field) {
        return report().map(text -> read(text).path(field).asLong()).orElse(0L);
    }

    /** Whether the file was loaded to its end. */
    public boolean isDone() {
        return report().map(text -> read(text).path("status").asText().equals("done"))
                .orElse(false);
    }

    private static JsonNode read(String report) {
        try {
            return JSON.readTree(report);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The refused tokens, one JSON object a line; empty if there is none, or not yet. */
    public Optional<String> rejected() {
        return text(REJECTED);
    }

    private Optional<String> text(String ending) {
        return Optional.ofNullable(written.get("reports/" + under + ending))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable StoredObject open(ObjectId id, long from) throws IOException {
        byte[] bytes = written.get(id.key());
        if (bytes != null) {
            var content = new ByteArrayInputStream(bytes, (int) from, bytes.length - (int) from);
            return new StoredObject(
                    content, bytes.length, Files.getLastModifiedTime(file).toInstant(), null);
        }
        if (!id.key().equals("incoming/" + under)) {
            return null;
        }
        try {
            InputStream content = Files.newInputStream(file);
            content.skipNBytes(from);
            position.set(from);
            return new StoredObject(
                    new PositionedInput(content, position),
                    size(),
                    Files.getLastModifiedTime(file).toInstant(),
                    null);
        } catch (NoSuchFileException _) {
            return null;
        }
    }

    @Override
    public State state(ObjectId id) {
        return Files.exists(file) ? State.NEWEST : State.DELETED;
    }

    @Override
    public void put(String bucket, String key, Content content) throws IOException {
        try (InputStream in = content.source().open()) {
            written.put(key, in.readAllBytes());
        }
    }

    @Override
    public void delete(String bucket, String key) {
        written.remove(key);
    }
}
