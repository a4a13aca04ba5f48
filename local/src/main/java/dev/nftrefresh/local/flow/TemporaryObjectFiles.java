package dev.nftrefresh.local.flow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Objects as files of a temporary folder, as the rejected lines of a large bulk file may be larger than the memory. */
final class TemporaryObjectFiles implements AutoCloseable {
    private final Path folder = Files.createTempDirectory("nft-refresh-");
    private final Map<String, Path> files = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    TemporaryObjectFiles() throws IOException {}

    /** Writes an object; until all of it is written, the one before it is read. */
    void put(String key, InputStream content) throws IOException {
        int number = count.incrementAndGet();
        Path part = folder.resolve(number + ".part");
        Files.copy(content, part);
        Path file = files.getOrDefault(key, folder.resolve(String.valueOf(number)));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        files.put(key, file);
    }

    /** The object's file, if there is one. */
    Optional<Path> find(String key) {
        return Optional.ofNullable(files.get(key));
    }

    /** Of the objects that are there. */
    Set<String> keys() {
        return Set.copyOf(files.keySet());
    }

    void delete(String key) throws IOException {
        Path file = files.remove(key);
        if (file != null) {
            Files.delete(file);
        }
    }

    /** Deletes everything. */
    @Override
    public void close() {
        try (var all = Files.list(folder)) {
            for (Path file : all.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary folder " + folder + " could not be deleted.", e);
        }
    }
}
