package dev.nftrefresh.operator;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Clients of AWS whose failures name the call, each made when it is first asked for. Not for several threads. */
public final class OperatorClients implements AutoCloseable {
    /** AWS answers each of these calls in less than a second; a person waits no longer for one that hangs. */
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    private final Region region;
    private final AwsCredentialsProvider credentials;
    private final @Nullable URI endpoint;
    private final boolean pathStyle;
    private final SdkHttpClient http = UrlConnectionHttpClient.create();
    private final List<SdkClient> made = new ArrayList<>();

    private @Nullable CloudFormationClient cloudFormation;
    private @Nullable CloudWatchClient cloudWatch;
    private @Nullable CloudWatchLogsClient logs;
    private @Nullable DynamoDbClient dynamoDb;
    private @Nullable LambdaClient lambda;
    private @Nullable S3Client s3;
    private @Nullable SqsClient sqs;

    private OperatorClients(
            Region region, AwsCredentialsProvider credentials, @Nullable URI endpoint, boolean pathStyle) {
        this.region = region;
        this.credentials = credentials;
        this.endpoint = endpoint;
        this.pathStyle = pathStyle;
    }

    /** What to do where there are none; a profile that was named is not proposed once more. */
    static String noCredentials(@Nullable String profile) {
        return profile == null || profile.isBlank()
                ? "There are no AWS credentials: sign in with the AWS CLI, set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
                : "The AWS profile %s (AWS_PROFILE) does not exist or has no credentials: sign in to it with the AWS CLI, or set AWS_PROFILE to another."
                        .formatted(profile);
    }

    /** Clients of AWS at an address of its own, such as LocalStack's. */
    public static OperatorClients of(Region region, AwsCredentialsProvider credentials, URI endpoint) {
        return new OperatorClients(region, credentials, endpoint, true);
    }

    /**
     * Clients with the region, credentials and addresses that the AWS SDK finds.
     *
     * @param variables the environment's
     * @throws OperatorException if there is no region, or there are no credentials
     */
    static OperatorClients found(Map<String, String> variables) {
        AwsCredentialsProvider credentials =
                DefaultCredentialsProvider.builder().build();
        var region = region(variables);
        try {
            credentials.resolveCredentials();
        } catch (SdkClientException e) {
            throw new OperatorException(noCredentials(variables.get("AWS_PROFILE")), e);
        }
        // A bucket's name does not become part of an address of one's own.
        boolean pathStyle = variables.containsKey("AWS_ENDPOINT_URL") || variables.containsKey("AWS_ENDPOINT_URL_S3");
        return new OperatorClients(region, credentials, null, pathStyle);
    }

    private static Region region(Map<String, String> variables) {
        // The CLI reads this variable, the SDK for Java does not.
        String ofTheCli = variables.get("AWS_DEFAULT_REGION");
        if (!variables.containsKey("AWS_REGION") && ofTheCli != null) {
            return Region.of(ofTheCli);
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkClientException e) {
            throw new OperatorException(
                    "There is no AWS region: set AWS_REGION, or set AWS_PROFILE to a profile that has one.", e);
        }
    }

    public CloudFormationClient cloudFormation() {
        CloudFormationClient client =
                cloudFormation == null ? client(CloudFormationClient.builder(), "cloudformation") : cloudFormation;
        cloudFormation = client;
        return client;
    }

    public CloudWatchClient cloudWatch() {
        CloudWatchClient client = cloudWatch == null ? client(CloudWatchClient.builder(), "cloudwatch") : cloudWatch;
        cloudWatch = client;
        return client;
    }

    public CloudWatchLogsClient logs() {
        CloudWatchLogsClient client = logs == null ? client(CloudWatchLogsClient.builder(), "logs") : logs;
        logs = client;
        return client;
    }

    public DynamoDbClient dynamoDb() {
        DynamoDbClient client = dynamoDb == null ? client(DynamoDbClient.builder(), "dynamodb") : dynamoDb;
        dynamoDb = client;
        return client;
    }

    public LambdaClient lambda() {
        LambdaClient client = lambda == null ? client(LambdaClient.builder(), "lambda") : lambda;
        lambda = client;
        return client;
    }

    public S3Client s3() {
        S3ClientBuilder builder = S3Client.builder().forcePathStyle(pathStyle);
        S3Client client = s3 == null ? client(builder, "s3") : s3;
        s3 = client;
        return client;
    }

    public SqsClient sqs() {
        SqsClient client = sqs == null ? client(SqsClient.builder(), "sqs") : sqs;
        sqs = client;
        return client;
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C client(
            B builder, String service) {
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        C client = builder.region(region)
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                        .apiCallTimeout(CALL_TIMEOUT)
                        .addExecutionInterceptor(new FailedCall.Interceptor(service))
                        .build())
                .build();
        made.add(client);
        return client;
    }

    @Override
    public void close() {
        made.forEach(SdkClient::close);
        http.close();
    }
}
