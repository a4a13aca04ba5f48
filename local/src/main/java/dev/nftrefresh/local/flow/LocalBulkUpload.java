package dev.nftrefresh.local.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nftrefresh.bulkload.ObjectStore;
import dev.nftrefresh.bulkload.ObjectVersionId;
import dev.nftrefresh.bulkload.StoredObject;
import dev.nftrefresh.update.CollectionId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A bucket with one bulk file, which is read in place; what the loader writes is deleted when this is closed. */
public final class LocalBulkUpload implements ObjectStore, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BUCKET = "local";
    private static final String REPORT = ".report.json";
    private static final String REJECTED = ".rejected.ndjson";

    private final Path file;
    private final String under;
    private final Instant uploadedAt;
    private final TemporaryObjectFiles written = new TemporaryObjectFiles();
    private final AtomicLong position = new AtomicLong();
    private final LoadMetrics metrics = new LoadMetrics();

    /** This file, uploaded for this collection at this time, whatever the time of the file says. */
    public LocalBulkUpload(Path file, CollectionId collection, Instant uploadedAt) throws IOException {
        this.file = file;
        this.uploadedAt = uploadedAt;
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

    public Path file() {
        return file;
    }

    /** The file's size in bytes. */
    public long size() throws IOException {
        return Files.size(file);
    }

    /** Up to which byte the file is read. */
    public long position() {
        return position.get();
    }

    /** The report as it is now; empty before the load begins. */
    public Optional<String> report() {
        return written.find("reports/" + under + REPORT).map(LocalBulkUpload::text);
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

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String report) {
        try {
            return JSON.readTree(report);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file of refused tokens, one JSON object a line; absent if there is none, or not yet. */
    public Optional<Path> rejected() {
        return written.find("reports/" + under + REJECTED);
    }

    /** The keys of all that the loader wrote and did not delete. */
    public Set<String> written() {
        return written.keys();
    }

    @Override
    public @Nullable StoredObject open(ObjectVersionId id, long from) throws IOException {
        Path stored = find(id.key());
        if (stored == null) {
            return null;
        }
        try {
            InputStream content = Files.newInputStream(stored);
            content.skipNBytes(from);
            if (stored.equals(file)) {
                position.set(from);
                content = new PositionTrackingInputStream(content, position);
            }
            return new StoredObject(content, Files.size(stored), uploadedAt, null);
        } catch (NoSuchFileException _) {
            return null;
        }
    }

    @Override
    public VersionState state(ObjectVersionId id) {
        Path stored = find(id.key());
        return stored != null && Files.exists(stored) ? VersionState.NEWEST : VersionState.DELETED;
    }

    private @Nullable Path find(String key) {
        return key.equals("incoming/" + under) ? file : written.find(key).orElse(null);
    }

    @Override
    public void put(String bucket, String key, ObjectContent content) throws IOException {
        try (InputStream in = content.source().open()) {
            written.put(key, in);
        }
    }

    @Override
    public void delete(String bucket, String key) throws IOException {
        written.delete(key);
    }

    @Override
    public void close() {
        written.close();
    }
}
