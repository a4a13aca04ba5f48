package dev.nftrefresh.bulkload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real client, against a server that speaks as much of S3 as is needed. */
@Timeout(60)
final class S3ObjectStoreTest extends ObjectStoreContract {
    private final S3Server server = new S3Server();
    private final ObjectStore store = new S3ObjectStore(server.client(), S3Server.OWNER);

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Override
    protected ObjectVersionId upload(String key, byte[] bytes, @Nullable String updatedAt) {
        return server.objects.upload(BUCKET, key, bytes, updatedAt);
    }

    @Test
    void aRefusalNamesTheObject() throws IOException {
        ObjectVersionId id = upload("incoming/a", new byte[1], null);
        server.refuses = true;

        assertRefused(store, id);
    }

    @Test
    void aBucketOfAnotherAccountIsNeitherReadNorWritten() throws IOException {
        ObjectVersionId id = upload("incoming/a", new byte[1], null);

        assertRefused(new S3ObjectStore(server.client(), "999999999999"), id);
    }

    private static void assertRefused(ObjectStore store, ObjectVersionId id) {
        assertThatThrownBy(() -> store.open(id, 0))
                .isInstanceOf(ServiceUnavailableException.class)
                .hasMessageStartingWith(id + " could not be read: Access Denied");
        assertThatThrownBy(() -> store.state(id)).isInstanceOf(ServiceUnavailableException.class);
        assertThatThrownBy(() -> store.delete(BUCKET, "a")).isInstanceOf(ServiceUnavailableException.class);
        assertThatThrownBy(() -> store.put(BUCKET, "a", ObjectStore.ObjectContent.of(new byte[1], "text/plain")))
                .isInstanceOf(ServiceUnavailableException.class);
    }

    @Test
    void aContentThatIsCutOffIsStillReadToItsEnd() throws IOException {
        byte[] bytes = new byte[300_000];
        new Random(7).nextBytes(bytes);
        ObjectVersionId id = upload("incoming/cut", bytes, null);
        server.cutAfter = 100_000;

        StoredObject opened = Objects.requireNonNull(store.open(id, 0));
        try (var input = new ResumingObjectInputStream(
                store, id, opened, 0, () -> Instant.EPOCH, Instant.EPOCH.plusSeconds(1))) {
            assertThat(input.readAllBytes()).isEqualTo(bytes);
        }
    }
}
