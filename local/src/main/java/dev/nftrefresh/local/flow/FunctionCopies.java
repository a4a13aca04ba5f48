package dev.nftrefresh.local.flow;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.nftrefresh.Parts;
import dev.nftrefresh.RefreshFunction;
import dev.nftrefresh.Settings;
import dev.nftrefresh.Shared;
import dev.nftrefresh.api.RefreshClient;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.pass.PassThreads;
import dev.nftrefresh.table.Table;
import dev.nftrefresh.table.TableTroubles;
import dev.nftrefresh.telemetry.JsonLog;
import dev.nftrefresh.telemetry.RefreshMetrics;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The function itself: separate copies, which share one table in memory as they share one in DynamoDB on AWS.
 *
 * @param log where the function's JSON log lines go
 * @param clock the time
 * @param random for jitter
 */
public record FunctionCopies(PrintStream log, Clock clock, RandomGenerator random) implements Copies {
    @Override
    public List<? extends RequestStreamHandler> make(
            int count,
            Settings settings,
            SqsClient sqs,
            SecretsManagerClient secrets,
            Table table,
            RefreshMetrics metrics,
            UnaryOperator<TokenLedger> ledgers) {
        var troubles = TableTroubles.in(metrics, new JsonLog(log, clock));
        return IntStream.range(0, count)
                .mapToObj(copy -> new RefreshFunction(
                        settings,
                        new Parts(
                                new RefreshClient(settings.immutableBaseUrl(), clock),
                                PassThreads::inRealTime,
                                sqs,
                                secrets,
                                watched(Shared.in(table, settings, troubles, "copy-" + copy, clock), ledgers),
                                metrics,
                                log,
                                clock,
                                random)))
                .toList();
    }

    private static Shared watched(Shared shared, UnaryOperator<TokenLedger> ledgers) {
        return new Shared(
                ledgers.apply(shared.ledger()),
                shared.gate(),
                shared.room(),
                shared.refusals(),
                shared.settledTokens());
    }
}
