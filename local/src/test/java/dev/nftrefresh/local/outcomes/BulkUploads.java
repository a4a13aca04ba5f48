package dev.nftrefresh.local.outcomes;

import com.amazonaws.services.lambda.runtime.Context;
import dev.nftrefresh.BulkLoadFunction;
import dev.nftrefresh.BulkLoadFunctionDependencies;
import dev.nftrefresh.bulkload.RecountDelays;
import dev.nftrefresh.local.flow.LocalBulkUpload;
import dev.nftrefresh.update.CollectionId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bulk files that are uploaded to a sandbox, and the loader that is notified of them. */
final class BulkUploads implements AutoCloseable {
    /** What an invocation of the loader has. */
    static final Duration TIMEOUT = Duration.ofMinutes(15);

    private static final Duration MARGIN = Duration.ofSeconds(20);

    private final LocalSandbox sandbox;
    private final Path folder;
    private final Map<String, UploadedFile> byName = new ConcurrentHashMap<>();

    BulkUploads(LocalSandbox sandbox, Path folder) {
        this.sandbox = sandbox;
        this.folder = folder;
    }

    /** Uploads a file whose loading meets this mishap. */
    UploadedFile upload(CallMishap mishap) {
        int number = byName.size();
        SmallBulkFile file = SmallBulkFile.number(number);
        Path path = folder.resolve("season-" + number + ".ndjson");
        var collection = new CollectionId(ProducerMessages.CHAIN, ProducerMessages.SWORDS);
        try {
            Files.writeString(path, file.text());
            var upload = new LocalBulkUpload(path, collection, sandbox.clock().instant());
            var load = new UploadedFile(file, upload, mishap);
            byName.put(path.getFileName().toString(), load);
            notifyOf(load);
            return load;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** S3 sends a notification of an upload, which it may do twice. */
    void notifyOf(UploadedFile load) {
        sandbox.sendNotification(load.upload().notification());
    }

    /** Lets so many copies of the loader work. */
    void start(int copies) {
        sandbox.startLoading(this::invoke, copies, TIMEOUT);
    }

    private void invoke(InputStream event, OutputStream answer, Context context) throws IOException {
        byte[] bytes = event.readAllBytes();
        UploadedFile load = in(new String(bytes, StandardCharsets.UTF_8));
        BulkLoadFunctionDependencies parts = load.startProcess().reaching(sandbox.bulkParts(load.upload()));
        new BulkLoadFunction(sandbox.bulkSettings(), parts, MARGIN, RecountDelays.ON_LAMBDA)
                .handleRequest(new ByteArrayInputStream(bytes), answer, context);
    }

    private UploadedFile in(String event) {
        return byName.entrySet().stream()
                .filter(load -> event.contains(load.getKey()))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    /** Deletes what the loader wrote; nothing may load any more. */
    @Override
    public void close() {
        byName.values().forEach(load -> load.upload().close());
    }
}
