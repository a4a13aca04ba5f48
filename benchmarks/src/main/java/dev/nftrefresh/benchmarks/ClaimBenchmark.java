package dev.nftrefresh.benchmarks;

import dev.nftrefresh.api.HttpRefreshClient;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.ledger.TableTokenLedger;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.table.DynamoDbConnections;
import dev.nftrefresh.table.DynamoDbTable;
import dev.nftrefresh.update.MessageReadResult;
import dev.nftrefresh.update.QueueMessageReader;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.UpdateMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What claiming a full request's 250 tokens adds to the call that sends them: the real ledger, table and clients,
 * against servers of this process that answer after the time that DynamoDB and the API take. The servers' own work
 * counts too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(1)
public class ClaimBenchmark {
    /** DynamoDB answers in single-digit milliseconds. */
    private static final Duration TABLE_ANSWERS = Duration.ofMillis(5);
    /** The stand-in's default, and the time of an API call in the simulation. */
    private static final Duration API_ANSWERS = Duration.ofMillis(300);

    private static final Duration AT_MOST = Duration.ofSeconds(8);
    private static final String CHAIN = "imtbl-zkevm-testnet";

    private final LoopbackServer dynamoDb;
    private final LoopbackServer immutable;
    private final DynamoDbClient client;
    private final HttpRefreshClient api;
    private final TokenLedger ledger;
    private final byte[] body = BenchmarkMessages.bodies(1, 250, 250).getFirst().getBytes(StandardCharsets.UTF_8);
    private List<TokenUpdate> tokens = List.of();
    private int claims;

    /** Starts the servers. */
    public ClaimBenchmark() {
        dynamoDb = new LoopbackServer(
                200, TABLE_ANSWERS, target -> target.endsWith("BatchGetItem") ? "{\"Responses\":{}}" : "{}");
        immutable = new LoopbackServer(202, API_ANSWERS, _ -> "{}");
        client = DynamoDbClient.builder()
                .endpointOverride(dynamoDb.address())
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(DynamoDbConnections.client())
                .build();
        ledger = new TableTokenLedger(
                new DynamoDbTable(client, "table", new SplittableRandom()),
                _ -> {},
                Duration.ofMinutes(2),
                Duration.ZERO,
                Clock.systemUTC());
        api = new HttpRefreshClient(immutable.address(), Clock.systemUTC());
    }

    /** Reads the tokens. */
    @Setup
    public void prepare() {
        var read = (MessageReadResult.ParsedMessage) new QueueMessageReader(CHAIN).read(body, Instant.now());
        tokens = read.message().elements().stream()
                .map(element -> ((UpdateMessage.Valid) element).update())
                .toList();
    }

    /** Unclaimed tokens, their claims, and the record of the request's outcome. */
    @Benchmark
    public Object claim() {
        String request = "request " + claims++;
        Instant now = Instant.now();
        List<TokenLedger.ClaimResult> granted = ledger.claim(request, false, tokens, now, now.plusSeconds(30), AT_MOST);
        if (!granted.stream().allMatch(TokenLedger.Granted.class::isInstance)) {
            throw new IllegalStateException("Not every token was granted: the measurement is void.");
        }
        if (!ledger.recordOutcome(request, new TokenLedger.Accepted(), Instant.now(), AT_MOST)) {
            throw new IllegalStateException("The end of the request was not written: the measurement is void.");
        }
        return granted;
    }

    /** The call that sends them. */
    @Benchmark
    public Object callOfTheApi() {
        RefreshOutcome outcome = api.refresh(tokens.getFirst().key().collection(), body, "key", Duration.ofSeconds(10));
        if (!(outcome instanceof RefreshOutcome.Accepted)) {
            throw new IllegalStateException("The request was not accepted: the measurement is void. " + outcome);
        }
        return outcome;
    }

    /** Stops the servers. */
    @TearDown
    public void stop() {
        api.close();
        client.close();
        dynamoDb.close();
        immutable.close();
    }
}
