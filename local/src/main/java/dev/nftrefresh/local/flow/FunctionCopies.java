package dev.nftrefresh.local.flow;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.nftrefresh.RefreshFunction;
import dev.nftrefresh.RefreshFunctionDependencies;
import dev.nftrefresh.RefreshFunctionSettings;
import dev.nftrefresh.SharedState;
import dev.nftrefresh.api.HttpRefreshClient;
import dev.nftrefresh.dispatch.PassThreads;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.TableFailureListener;
import dev.nftrefresh.telemetry.JsonLogger;
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
public record FunctionCopies(PrintStream log, Clock clock, RandomGenerator random) implements FunctionCopyFactory {
    @Override
    public List<? extends RequestStreamHandler> make(
            int count,
            RefreshFunctionSettings settings,
            SqsClient sqs,
            SecretsManagerClient secrets,
            SharedTable table,
            RefreshMetrics metrics,
            UnaryOperator<TokenLedger> ledgers) {
        var failureListener = TableFailureListener.in(metrics, new JsonLogger(log, clock));
        return IntStream.range(0, count)
                .mapToObj(copy -> new RefreshFunction(
                        settings,
                        new RefreshFunctionDependencies(
                                new HttpRefreshClient(settings.immutableBaseUrl(), clock),
                                PassThreads::inRealTime,
                                sqs,
                                secrets,
                                watched(
                                        SharedState.in(table, settings, failureListener, "copy-" + copy, clock),
                                        ledgers),
                                metrics,
                                log,
                                clock,
                                random)))
                .toList();
    }

    private static SharedState watched(SharedState shared, UnaryOperator<TokenLedger> ledgers) {
        return new SharedState(
                ledgers.apply(shared.ledger()),
                shared.limiter(),
                shared.waitingStore(),
                shared.refusals(),
                shared.settledTokens());
    }
}
