package dev.nftrefresh.local.flow;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.nftrefresh.Parts;
import dev.nftrefresh.RefreshFunction;
import dev.nftrefresh.Settings;
import dev.nftrefresh.api.RefreshClient;
import dev.nftrefresh.ledger.MemoryLedger;
import dev.nftrefresh.pacing.GateSettings;
import dev.nftrefresh.pacing.QuotaUnit;
import dev.nftrefresh.pacing.TableGate;
import dev.nftrefresh.pass.PassThreads;
import dev.nftrefresh.room.TableWaitingRoom;
import dev.nftrefresh.table.MemoryTable;
import dev.nftrefresh.telemetry.RefreshMetrics;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The function itself. Its copies share one ledger and one gate, which stand for the table that copies on AWS share.
 *
 * @param log where the function's JSON log lines go
 * @param clock the time
 * @param random for jitter
 */
public record FunctionCopies(PrintStream log, Clock clock, RandomGenerator random) implements Copies {
    private static final int MAX_LEDGER_TOKENS = 2_000_000;

    @Override
    public List<? extends RequestStreamHandler> make(
            int count, Settings settings, SqsClient sqs, SecretsManagerClient secrets, RefreshMetrics metrics) {
        var ledger = new MemoryLedger(MAX_LEDGER_TOKENS);
        var table = new MemoryTable();
        var gate = new TableGate(
                table, new GateSettings(settings.maxRequestsPerSecond(), QuotaUnit.AUTO), metrics, "copy");
        var parts = new Parts(
                new RefreshClient(settings.immutableBaseUrl(), clock),
                PassThreads::inRealTime,
                sqs,
                secrets,
                ledger,
                gate,
                new TableWaitingRoom(table, metrics, "copy"),
                metrics,
                log,
                clock,
                random);
        return IntStream.range(0, count)
                .mapToObj(_ -> new RefreshFunction(settings, parts))
                .toList();
    }
}
