package dev.nftrefresh.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nftrefresh.table.SharedTable.ConditionalWrite;
import dev.nftrefresh.table.SharedTable.WriteResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Connections are taken, and nothing is ever answered: no call outlives the time of its caller. */
@Timeout(20)
class DynamoDbTableTest {
    private static final Duration AT_MOST = Duration.ofMillis(300);
    /** Beyond that nobody waited; the SDK's own timeouts begin at 3 s. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private final ServerSocket silent;
    private final DynamoDbTable table;
    private long begun;

    DynamoDbTableTest() throws IOException {
        silent = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        var client = DynamoDbClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(DynamoDbConnections.client())
                .build();
        table = new DynamoDbTable(client, "table", new SplittableRandom(1));
    }

    /** The first call loads the SDK's classes. */
    @BeforeEach
    void begin() {
        table.write(List.of(new ConditionalWrite(new SharedTable.ItemKey("p", "n"), null, "text", null)), AT_MOST);
        begun = System.nanoTime();
    }

    @AfterEach
    void stop() throws IOException {
        silent.close();
    }

    @AfterEach
    void nobodyWaited() {
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON.plus(AT_MOST));
    }

    @Test
    void manyWritesTogetherTakeNoLongerThanTheirCallerCanWait() {
        List<ConditionalWrite> writes = IntStream.range(0, 250)
                .mapToObj(i -> new ConditionalWrite(new SharedTable.ItemKey("p" + i, "n"), null, "text", null))
                .toList();

        assertThat(table.write(writes, AT_MOST)).hasSize(250).hasOnlyElementsOfType(WriteResult.Failed.class);
    }

    @Test
    void anItemNotAnsweredInTimeIsUnread() {
        var key = new SharedTable.ItemKey("p", "n");
        SharedTable.ReadResult items = table.read(List.of(key), AT_MOST);
        assertThat(items.unread()).containsExactly(key);
        assertThat(items.reason()).contains("The table table did not answer");
    }

    @Test
    void aPartitionThatIsNotAnsweredInTimeIsUnavailable() {
        assertThatThrownBy(() -> table.readPartition("p", AT_MOST)).isInstanceOf(TableUnavailableException.class);
    }

    @Test
    void aCallerWithoutTimeGetsNothingAtOnce() {
        var key = new SharedTable.ItemKey("p", "n");
        assertThat(table.read(List.of(key), Duration.ZERO).unread()).containsExactly(key);
        assertThat(table.write(List.of(new ConditionalWrite(key, null, "text", null)), Duration.ZERO))
                .hasOnlyElementsOfType(WriteResult.Failed.class);
    }
}
