package dev.nftrefresh;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;

/**
 * Makes AWS's clients with the region and credentials of Lambda's environment variables; these credentials last as long as
 * the copy. So the SDK searches no files and calls no address for them, which would load some hundred classes at each start.
 *
 * @param region null where the environment names none: the SDK searches then
 * @param credentials null where the environment has none: the SDK searches then
 */
record AwsClientFactory(
        SdkHttpClient http,
        @Nullable Region region,
        @Nullable AwsCredentials credentials) {
    static {
        // SLF4J would search every jar for a logger before the SDK's first line.
        System.getProperties().putIfAbsent("slf4j.provider", "org.slf4j.nop.NOPServiceProvider");
        System.getProperties().putIfAbsent("slf4j.internal.verbosity", "WARN"); // else it says so on each start
    }

    private static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

    /** Clients that speak over these connections. */
    static AwsClientFactory of(Map<String, String> environment, SdkHttpClient http) {
        String region = environment.get("AWS_REGION");
        String id = environment.get("AWS_ACCESS_KEY_ID");
        String key = environment.get("AWS_SECRET_ACCESS_KEY");
        String token = environment.get("AWS_SESSION_TOKEN");
        return new AwsClientFactory(
                http,
                region == null ? null : Region.of(region),
                id == null || key == null || token == null ? null : AwsSessionCredentials.create(id, key, token));
    }

    /** What this builder makes, with the SDK's own timeouts. */
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return client(builder, ClientOverrideConfiguration.builder());
    }

    /**
     * What this builder makes.
     *
     * @param attempt the longest that one try of a call takes
     * @param call the longest that a call takes with all its tries
     */
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, Duration attempt, Duration call) {
        return client(
                builder,
                ClientOverrideConfiguration.builder()
                        .apiCallAttemptTimeout(attempt)
                        .apiCallTimeout(call));
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, ClientOverrideConfiguration.Builder configuration) {
        if (region != null && credentials != null) {
            builder.region(region).credentialsProvider(StaticCredentialsProvider.create(credentials));
            configuration.defaultProfileFile(NO_PROFILES);
        }
        return builder.httpClient(http)
                .overrideConfiguration(configuration.build())
                .build();
    }
}
