package dev.nftrefresh.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.infra.CountingProxy;
import dev.nftrefresh.infra.DynamoDbLocal;
import dev.nftrefresh.infra.Tables;
import dev.nftrefresh.table.DynamoDbConnections;
import dev.nftrefresh.update.TokenUpdate;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What claiming a full request costs in time and connections; prints it. */
@ExtendWith(DynamoDbLocal.class)
final class ClaimingTimeTest {
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final int TOKENS = 250;
    private static final int CLAIMS = 40;
    private static final int WARM_UP = 20;

    private final DynamoDbClient local;

    ClaimingTimeTest(DynamoDbClient local) {
        this.local = local;
    }

    @Test
    void claims250TokensInAFractionOfASecondOverConnectionsThatStay() throws IOException {
        var address = local.serviceClientConfiguration().endpointOverride().orElseThrow();
        try (var proxy = CountingProxy.before(address);
                var client = DynamoDbLocal.client(proxy.address(), DynamoDbConnections.client())) {
            var ledger =
                    new TableLedger(Tables.empty(client), _ -> {}, Duration.ZERO, Duration.ZERO, () -> Updates.at(0));
            long[] micros = new long[CLAIMS];
            int opened = 0;
            for (int n = 0; n < WARM_UP + CLAIMS; n++) {
                int version = n;
                List<TokenUpdate> tokens = IntStream.range(0, TOKENS)
                        .mapToObj(id -> Updates.of(String.valueOf(id), version))
                        .toList();
                if (n == WARM_UP) {
                    opened = proxy.connections();
                }
                long begin = System.nanoTime();
                assertThat(ledger.claim("request " + n, false, tokens, Updates.at(n), Updates.at(n + 30), AT_MOST))
                        .hasOnlyElementsOfType(TokenLedger.Granted.class);
                assertThat(ledger.ended("request " + n, new TokenLedger.Accepted(), Updates.at(n), AT_MOST))
                        .isTrue();
                if (n >= WARM_UP) {
                    micros[n - WARM_UP] = (System.nanoTime() - begin) / 1_000;
                }
            }
            Arrays.sort(micros);
            System.out.printf(
                    "claiming %d tokens and telling their end: median %.0f ms, slowest of %d %.0f ms, connections"
                            + " opened a claim %.1f%n",
                    TOKENS,
                    micros[CLAIMS / 2] / 1e3,
                    CLAIMS,
                    micros[CLAIMS - 1] / 1e3,
                    (proxy.connections() - opened) / (double) CLAIMS);
            assertThat(proxy.connections() - opened)
                    .as("connections opened by %d claims", CLAIMS)
                    .isLessThan(CLAIMS);
        }
    }
}
