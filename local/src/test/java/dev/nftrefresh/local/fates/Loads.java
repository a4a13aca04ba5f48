package dev.nftrefresh.local.fates;

import com.amazonaws.services.lambda.runtime.Context;
import dev.nftrefresh.BulkLoadFunction;
import dev.nftrefresh.BulkParts;
import dev.nftrefresh.bulk.CountingPauses;
import dev.nftrefresh.local.flow.BulkUpload;
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

/** Bulk files that are uploaded to a sandbox, and the loader that is told of them. */
final class Loads implements AutoCloseable {
    /** What an invocation of the loader has. */
    static final Duration TIMEOUT = Duration.ofMinutes(15);

    private static final Duration MARGIN = Duration.ofSeconds(20);

    private final Sandbox sandbox;
    private final Path folder;
    private final Map<String, Load> byName = new ConcurrentHashMap<>();

    Loads(Sandbox sandbox, Path folder) {
        this.sandbox = sandbox;
        this.folder = folder;
    }

    /** Uploads a file whose loading meets this mishap. */
    Load upload(Mishap mishap) {
        int number = byName.size();
        SeasonFile file = SeasonFile.number(number);
        Path path = folder.resolve("season-" + number + ".ndjson");
        var collection = new CollectionId(Messages.CHAIN, Messages.SWORDS);
        try {
            Files.writeString(path, file.text());
            var upload = new BulkUpload(path, collection, sandbox.clock().instant());
            var load = new Load(file, upload, mishap);
            byName.put(path.getFileName().toString(), load);
            notifyOf(load);
            return load;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** S3 tells of an upload, which it may do twice. */
    void notifyOf(Load load) {
        sandbox.sendNotification(load.upload().notification());
    }

    /** Lets so many copies of the loader work. */
    void start(int copies) {
        sandbox.startLoading(this::invoke, copies, TIMEOUT);
    }

    private void invoke(InputStream event, OutputStream answer, Context context) throws IOException {
        byte[] bytes = event.readAllBytes();
        Load load = in(new String(bytes, StandardCharsets.UTF_8));
        BulkParts parts = load.startProcess().reaching(sandbox.bulkParts(load.upload()));
        new BulkLoadFunction(sandbox.bulkSettings(), parts, MARGIN, CountingPauses.ON_LAMBDA)
                .handleRequest(new ByteArrayInputStream(bytes), answer, context);
    }

    private Load in(String event) {
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
