package dev.nftrefresh;

import dev.nftrefresh.api.RefreshApi;
import dev.nftrefresh.api.RefreshClient;
import dev.nftrefresh.ledger.MemoryLedger;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.pacing.GateSettings;
import dev.nftrefresh.pacing.QuotaUnit;
import dev.nftrefresh.pacing.RefreshGate;
import dev.nftrefresh.pacing.TableGate;
import dev.nftrefresh.pass.PassThreads;
import dev.nftrefresh.room.WaitingRoom;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.telemetry.EmfMetrics;
import dev.nftrefresh.telemetry.RefreshMetrics;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What the function is built from: everything that reaches outside it, so that a test or the local flow can bring its
 * own.
 *
 * @param api where requests go
 * @param threads on which a pass runs them
 * @param sqs for visibility, remainders and dead letters
 * @param secrets for the API key
 * @param ledger shared by the copies that should know of each other's updates
 * @param gate shared by the copies that spend from one quota
 * @param room where what must not go yet waits for a ride
 * @param metrics where counts go
 * @param log where JSON log lines go
 * @param clock the time
 * @param random for jitter
 */
public record Parts(
        RefreshApi api,
        Supplier<PassThreads> threads,
        SqsClient sqs,
        SecretsManagerClient secrets,
        TokenLedger ledger,
        RefreshGate gate,
        WaitingRoom room,
        RefreshMetrics metrics,
        PrintStream log,
        Clock clock,
        RandomGenerator random) {

    /** What a copy remembers: some 30 MB, and the tokens of many events. */
    private static final int REMEMBERED_TOKENS = 100_000;

    /** On Lambda: AWS's clients with the credentials, region and endpoints of the environment, and a copy's own memory. */
    static Parts onLambda(Settings settings, String functionName) {
        var clock = Clock.systemUTC();
        var http = UrlConnectionHttpClient.create();
        return new Parts(
                new RefreshClient(settings.immutableBaseUrl(), clock),
                PassThreads::inRealTime,
                SqsClient.builder().httpClient(http).build(),
                SecretsManagerClient.builder().httpClient(http).build(),
                new MemoryLedger(REMEMBERED_TOKENS),
                new TableGate(
                        new MemoryTable(),
                        new GateSettings(settings.maxRequestsPerSecond(), QuotaUnit.AUTO),
                        RefreshMetrics.NONE,
                        "copy"),
                WaitingRoom.NONE,
                new EmfMetrics(functionName, System.out, clock),
                System.out,
                clock,
                new SecureRandom());
    }
}
