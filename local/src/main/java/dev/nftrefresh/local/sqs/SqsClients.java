package dev.nftrefresh.local.sqs;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The SDK's own client, pointed at the stand-in. */
public final class SqsClients {
    static {
        // Idle connections kept for each host. The JDK keeps 5, and then most calls of parallel pollers connect anew.
        System.setProperty("http.maxConnections", "64");
    }

    private SqsClients() {}

    /** A client with made-up credentials. */
    public static SqsClient at(URI endpoint) {
        return SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
