package dev.nftrefresh.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.infra.CountingProxy;
import dev.nftrefresh.infra.OnLocalStack;
import dev.nftrefresh.infra.TestTables;
import dev.nftrefresh.table.DynamoDbConnections;
import dev.nftrefresh.update.TokenUpdate;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Claims go over connections that stay, though each takes many at once: see {@link DynamoDbConnections}. */
@OnLocalStack
final class KeptConnectionsTest {
    private static final Duration AT_MOST = Duration.ofSeconds(8);
    private static final int TOKENS = 100;
    private static final int CLAIMS = 5;

    private final DynamoDbClient dynamoDb;

    KeptConnectionsTest(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    @Test
    void laterClaimsOpenFewerConnectionsThanThereAreClaims() throws IOException {
        var known = dynamoDb.serviceClientConfiguration();
        try (var proxy = CountingProxy.before(known.endpointOverride().orElseThrow());
                var client = DynamoDbClient.builder()
                        .endpointOverride(proxy.address())
                        .region(known.region())
                        .credentialsProvider(known.credentialsProvider())
                        .httpClient(DynamoDbConnections.client())
                        .build()) {
            var ledger = new TableTokenLedger(
                    TestTables.empty(client), _ -> {}, Duration.ZERO, Duration.ZERO, InstantSource.system());
            claim(ledger, 0);
            claim(ledger, 1);
            int opened = proxy.connections();

            IntStream.range(2, 2 + CLAIMS).forEach(n -> claim(ledger, n));

            assertThat(opened).as("connections at once").isGreaterThan(CLAIMS);
            assertThat(proxy.connections() - opened)
                    .as("connections opened by %d more claims", CLAIMS)
                    .isLessThan(CLAIMS);
        }
    }

    private static void claim(TokenLedger ledger, int n) {
        List<TokenUpdate> tokens = IntStream.range(0, TOKENS)
                .mapToObj(id -> LedgerUpdates.of(String.valueOf(id), n))
                .toList();
        assertThat(ledger.claim("request " + n, false, tokens, LedgerUpdates.at(n), LedgerUpdates.at(n + 30), AT_MOST))
                .hasOnlyElementsOfType(TokenLedger.Granted.class);
        ledger.recordOutcome("request " + n, new TokenLedger.Accepted(), LedgerUpdates.at(n), AT_MOST);
    }
}
