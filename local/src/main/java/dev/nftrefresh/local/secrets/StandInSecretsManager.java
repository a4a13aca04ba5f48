package dev.nftrefresh.local.secrets;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/**
 * Secrets Manager with one secret, for the one call that the function makes: {@code GetSecretValue}. It has no port: the
 * secret may be somebody's real key, and does not leave this process.
 */
public final class StandInSecretsManager {
    private static final String NAME = "nft-refresh/api-key";
    private static final String ARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:" + NAME + "-local1";
    private static final int FAILURE = 500;

    private final AtomicInteger calls = new AtomicInteger();
    private volatile String secret;
    private volatile boolean failing;

    /**
     * Holds this secret.
     *
     * @param secret the key as plain text or as <code>{"api_key": "…"}</code>
     */
    public StandInSecretsManager(String secret) {
        this.secret = secret;
    }

    /** The name under which the secret is found. */
    public String arn() {
        return ARN;
    }

    /** The key was rotated: calls from now on get this one. */
    public void rotateTo(String newSecret) {
        secret = newSecret;
    }

    /** From now on each call fails with status 500, or no longer. */
    public void fail(boolean fails) {
        failing = fails;
    }

    /** How often the secret was asked for. */
    public int calls() {
        return calls.get();
    }

    /** Reads the secret. */
    public SecretsManagerClient client() {
        return new Client();
    }

    private final class Client implements SecretsManagerClient {
        @Override
        public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
            calls.incrementAndGet();
            if (failing) {
                throw failure(SecretsManagerException.builder(), "InternalServiceError", FAILURE);
            }
            if (!ARN.equals(request.secretId()) && !NAME.equals(request.secretId())) {
                throw failure(ResourceNotFoundException.builder(), "ResourceNotFoundException", 400);
            }
            return GetSecretValueResponse.builder()
                    .arn(ARN)
                    .name(NAME)
                    .secretString(secret)
                    .versionStages("AWSCURRENT")
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // The secret outlives its clients.
        }
    }

    private static SecretsManagerException failure(SecretsManagerException.Builder builder, String code, int status) {
        return (SecretsManagerException) builder.statusCode(status)
                .message(code)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("SecretsManager")
                        .errorCode(code)
                        .errorMessage(code)
                        .build())
                .build();
    }
}
