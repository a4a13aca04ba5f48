package dev.nftrefresh;

import dev.nftrefresh.api.HttpRefreshClient;
import dev.nftrefresh.api.RefreshApi;
import dev.nftrefresh.dispatch.PassThreads;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.TableFailureListener;
import dev.nftrefresh.telemetry.EmfRefreshMetrics;
import dev.nftrefresh.telemetry.JsonLogger;
import dev.nftrefresh.telemetry.RefreshMetrics;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
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
 * @param shared with the other copies
 * @param metrics where counts go
 * @param log where JSON log lines go
 * @param clock the time
 * @param random for jitter
 */
public record RefreshFunctionDependencies(
        RefreshApi api,
        Supplier<PassThreads> threads,
        SqsClient sqs,
        SecretsManagerClient secrets,
        SharedState shared,
        RefreshMetrics metrics,
        PrintStream log,
        Clock clock,
        RandomGenerator random) {
    /** A call of SQS with all its tries; what hangs must not take the time that settling needs. */
    private static final Duration SQS_TIMEOUT = Duration.ofSeconds(12);

    private static final Duration SQS_ATTEMPT_TIMEOUT = Duration.ofSeconds(5);
    /** Nothing can be sent until the key is there, and the updates that wait for it return soon. */
    private static final Duration SECRETS_TIMEOUT = Duration.ofSeconds(8);

    private static final Duration SECRETS_ATTEMPT_TIMEOUT = Duration.ofSeconds(3);

    /**
     * On Lambda: AWS's clients as the environment says, and the stack's table.
     *
     * @param table the stack's
     * @param secrets as {@link #secrets(AwsClientFactory)} makes it
     */
    static RefreshFunctionDependencies onLambda(
            RefreshFunctionSettings settings,
            String functionName,
            AwsClientFactory aws,
            SharedTable table,
            SecretsManagerClient secrets) {
        var clock = Clock.systemUTC();
        var random = new SecureRandom();
        var metrics = new EmfRefreshMetrics(functionName, System.out, clock);
        String copy = Long.toHexString(random.nextLong());
        return new RefreshFunctionDependencies(
                new HttpRefreshClient(settings.immutableBaseUrl(), clock),
                PassThreads::inRealTime,
                aws.client(SqsClient.builder(), SQS_ATTEMPT_TIMEOUT, SQS_TIMEOUT),
                secrets,
                SharedState.in(
                        table,
                        settings,
                        TableFailureListener.in(metrics, new JsonLogger(System.out, clock)),
                        copy,
                        clock),
                metrics,
                System.out,
                clock,
                random);
    }

    /** What reads the API key on Lambda. */
    static SecretsManagerClient secrets(AwsClientFactory aws) {
        return aws.client(SecretsManagerClient.builder(), SECRETS_ATTEMPT_TIMEOUT, SECRETS_TIMEOUT);
    }
}
