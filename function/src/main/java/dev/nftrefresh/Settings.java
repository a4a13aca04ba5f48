package dev.nftrefresh;

import java.net.URI;
import java.time.Duration;

/**
 * What the stack sets for the function.
 *
 * @param environmentName {@code sandbox} or {@code production} ({@code ENVIRONMENT_NAME})
 * @param chainName the only chain this environment serves ({@code CHAIN_NAME})
 * @param immutableBaseUrl the API's address without a path ({@code IMMUTABLE_BASE_URL})
 * @param apiKeySecretArn the secret that holds the API key ({@code API_KEY_SECRET_ARN})
 * @param refreshQueueUrl where messages come from and remainders go ({@code REFRESH_QUEUE_URL})
 * @param deadLetterQueueUrl where what is rejected goes ({@code DEAD_LETTER_QUEUE_URL})
 * @param queueVisibilityTimeout of the refresh queue ({@code QUEUE_VISIBILITY_TIMEOUT_SECONDS})
 * @param maxRequestsPerSecond pace of requests ({@code MAX_REQUESTS_PER_SECOND}), above 0, decimals allowed
 */
public record Settings(
        String environmentName,
        String chainName,
        URI immutableBaseUrl,
        String apiKeySecretArn,
        String refreshQueueUrl,
        String deadLetterQueueUrl,
        Duration queueVisibilityTimeout,
        double maxRequestsPerSecond) {}
