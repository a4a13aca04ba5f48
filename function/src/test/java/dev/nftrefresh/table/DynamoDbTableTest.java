package dev.nftrefresh.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.table.Table.Write;
import dev.nftrefresh.table.Table.Written;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Connections are taken, and nothing is ever answered. */
@Timeout(20)
class DynamoDbTableTest {
    private final ServerSocket silent;
    private final DynamoDbTable table;

    DynamoDbTableTest() throws IOException {
        silent = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        var client = DynamoDbClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(DynamoDbConnections.client())
                .build();
        table = new DynamoDbTable(client, "table", Duration.ofMillis(300));
    }

    @AfterEach
    void stop() throws IOException {
        silent.close();
    }

    @Test
    void manyWritesTogetherTakeNoLongerThanOneMayTake() {
        List<Write> writes = IntStream.range(0, 250)
                .mapToObj(i -> new Write(new Table.Key("p" + i, "n"), null, "text", Instant.EPOCH))
                .toList();

        assertThat(table.write(writes, Duration.ofMinutes(1))).hasSize(250).hasOnlyElementsOfType(Written.Failed.class);
    }

    @Test
    void aReadThatIsNotAnsweredSaysThatTheTableIsUnavailable() {
        var key = new Table.Key("p", "n");
        Table.Items items = table.read(List.of(key), Duration.ofMinutes(1));
        assertThat(items.unread()).containsExactly(key);
        assertThat(items.reason()).contains("The table table did not answer as it should");
    }
}
