package dev.nftrefresh.local.sqs;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The SDK's own client, pointed at an endpoint that is not AWS. */
public final class SqsClients {
    private SqsClients() {}

    /** A client with made-up credentials, for an SQS that asks for none. */
    public static SqsClient at(URI endpoint) {
        return at(endpoint, AwsBasicCredentials.create("local", "local"));
    }

    /** A client that tries each call once. */
    public static SqsClient at(URI endpoint, AwsCredentials credentials) {
        return SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .overrideConfiguration(config -> config.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
