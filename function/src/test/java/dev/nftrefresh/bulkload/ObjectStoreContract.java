package dev.nftrefresh.bulkload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nftrefresh.bulkload.ObjectStore.ObjectContent;
import dev.nftrefresh.bulkload.ObjectStore.VersionState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of objects does. */
public abstract class ObjectStoreContract {
    /** A bucket that keeps versions. */
    protected static final String BUCKET = "bulk";

    /** The store. */
    protected abstract ObjectStore store() throws IOException;

    /** Uploads as a user does, and says which version it became. */
    protected abstract ObjectVersionId upload(String key, byte[] bytes, @Nullable String updatedAt) throws IOException;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String read(ObjectVersionId id, long from) throws IOException {
        try (StoredObject object = Objects.requireNonNull(store().open(id, from))) {
            return new String(object.content().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String read(String key) throws IOException {
        return read(ObjectVersionId.newest(BUCKET, key), 0);
    }

    @Test
    protected void anObjectIsReadFromAnyByte() throws IOException {
        ObjectVersionId id = upload("incoming/a", utf8("0123456789"), null);

        assertThat(read(id, 0)).isEqualTo("0123456789");
        assertThat(read(id, 4)).isEqualTo("456789");
        assertThat(read(id, 10)).isEmpty();
    }

    @Test
    protected void anEmptyObjectIsRead() throws IOException {
        assertThat(read(upload("incoming/empty", new byte[0], null), 0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 4, 10})
    protected void resumedAnywhereItReturnsTheSameElements(long from) throws IOException {
        ObjectVersionId id = upload("incoming/b", utf8("0123456789"), "2026-11-25T09:00:00Z");

        try (StoredObject object = Objects.requireNonNull(store().open(id, from))) {
            assertThat(object.size()).isEqualTo(10);
            assertThat(object.updatedAt()).isEqualTo("2026-11-25T09:00:00Z");
            assertThat(Duration.between(Instant.EPOCH, object.lastModified())).isPositive();
        }
    }

    @Test
    protected void anObjectMayLackAnExportTime() throws IOException {
        try (StoredObject object = Objects.requireNonNull(store().open(upload("incoming/c", utf8("c"), null), 0))) {
            assertThat(object.updatedAt()).isNull();
        }
    }

    @Test
    protected void aMissingObjectIsNull() throws IOException {
        ObjectVersionId never = ObjectVersionId.newest(BUCKET, "incoming/never");

        assertThat(store().open(never, 0)).isNull();
        assertThat(store().state(never)).isEqualTo(VersionState.DELETED);
        store().delete(BUCKET, never.key());
    }

    @Test
    protected void aVersionStaysTheSameWhenANewerOneIsUploaded() throws IOException {
        ObjectVersionId old = upload("incoming/d", utf8("old"), null);
        assertThat(store().state(old)).isEqualTo(VersionState.NEWEST);
        ObjectVersionId newer = upload("incoming/d", utf8("newer"), null);

        assertThat(store().state(old)).isEqualTo(VersionState.REPLACED);
        assertThat(store().state(newer)).isEqualTo(VersionState.NEWEST);
        assertThat(read(old, 0)).isEqualTo("old");
        assertThat(read("incoming/d")).isEqualTo("newer");
    }

    @Test
    protected void aVersionStaysTheSameWhenTheObjectIsDeleted() throws IOException {
        ObjectVersionId id = upload("incoming/e", utf8("e"), null);
        store().delete(BUCKET, id.key());

        assertThat(store().state(id)).isEqualTo(VersionState.DELETED);
        assertThat(read(id, 0)).isEqualTo("e");
        assertThat(store().open(ObjectVersionId.newest(BUCKET, id.key()), 0)).isNull();
    }

    @Test
    protected void aWrittenObjectIsRead() throws IOException {
        byte[] bytes = new byte[3 * 1024 * 1024];
        new Random(7).nextBytes(bytes);
        String key = "reports/é/a b+c%.json";
        store().put(BUCKET, key, ObjectContent.of(utf8("first"), "application/json"));
        store().put(BUCKET, key, new ObjectContent(() -> new ByteArrayInputStream(bytes), bytes.length, "text/plain"));

        try (StoredObject object = Objects.requireNonNull(store().open(ObjectVersionId.newest(BUCKET, key), 0))) {
            assertThat(object.content().readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    protected void anEmptyObjectCanBeWritten() throws IOException {
        store().put(BUCKET, "reports/empty", ObjectContent.of(new byte[0], "application/json"));

        assertThat(read("reports/empty")).isEmpty();
    }

    @Test
    protected void aSourceThatFailsFailsTheWrite() {
        var content = new ObjectContent(
                () -> {
                    throw new IOException("The source is dry.");
                },
                3,
                "text/plain");

        assertThatThrownBy(() -> store().put(BUCKET, "reports/dry", content))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The source is dry.");
    }
}
