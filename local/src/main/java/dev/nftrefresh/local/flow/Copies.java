package dev.nftrefresh.local.flow;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.nftrefresh.Settings;
import dev.nftrefresh.telemetry.RefreshMetrics;
import java.io.PrintStream;
import java.util.List;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Makes the copies of the function that a run invokes. */
public interface Copies {
    /** As many copies, which count into the same metrics. */
    List<? extends RequestStreamHandler> make(
            int count, Settings settings, SqsClient sqs, SecretsManagerClient secrets, RefreshMetrics metrics);

    /** Where their JSON log lines go. */
    PrintStream log();
}
