package dev.nftrefresh.local.flow;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.nftrefresh.RefreshFunctionSettings;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.telemetry.RefreshMetrics;
import java.io.PrintStream;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Makes the copies of the function that a run invokes. */
public interface FunctionCopyFactory {
    /**
     * As many copies, which count into the same metrics.
     *
     * @param table that they share
     * @param ledgers makes of a copy's ledger the one that it uses
     */
    List<? extends RequestStreamHandler> make(
            int count,
            RefreshFunctionSettings settings,
            SqsClient sqs,
            SecretsManagerClient secrets,
            SharedTable table,
            RefreshMetrics metrics,
            UnaryOperator<TokenLedger> ledgers);

    /** Where their JSON log lines go. */
    PrintStream log();
}
