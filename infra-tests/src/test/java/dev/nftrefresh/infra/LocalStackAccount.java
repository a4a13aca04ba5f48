package dev.nftrefresh.infra;

import dev.nftrefresh.operator.OperatorClients;
import dev.nftrefresh.operator.OperatorEnvironment;
import dev.nftrefresh.table.DynamoDbConnections;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** An AWS account in a container: LocalStack, and clients of it. */
final class LocalStackAccount implements AutoCloseable {
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");
    private static final String BUCKET = "deployment";
    /** A route to the stand-in API and none to the real one: whatever a test does wrong, it cannot call that. */
    private static final String FUNCTION_CONTAINER = "--add-host host.docker.internal:host-gateway"
            + " --add-host api.immutable.com:127.0.0.1 --add-host api.sandbox.immutable.com:127.0.0.1";

    private final LocalStackContainer container = new LocalStackContainer(IMAGE)
            // The template asks for arm64, and this machine may be another one.
            .withEnv("LAMBDA_IGNORE_ARCHITECTURE", "1")
            .withEnv("LAMBDA_DOCKER_FLAGS", FUNCTION_CONTAINER)
            // An event source mapping that found nothing for a while polls again after up to this, and not after 10 s.
            .withEnv("LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC", "1")
            // A busy machine starts a JVM slowly.
            .withEnv("LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT", "120");
    /** Made before any other, as the JDK reads only once how many connections it keeps: a test asks how many. */
    private final SdkHttpClient kept = DynamoDbConnections.client();

    private final SdkHttpClient http = UrlConnectionHttpClient.builder()
            // An invocation answers when it ends.
            .socketTimeout(Duration.ofMinutes(2))
            .build();
    private final StaticCredentialsProvider credentials;
    private final URI endpoint;
    private final Region region;

    final DynamoDbClient dynamoDb;
    final SqsClient sqs;
    final SecretsManagerClient secrets;
    final LambdaClient lambda;
    final CloudFormationClient cloudFormation;
    final CloudWatchLogsClient logs;
    final IamClient iam;
    final S3Client s3;

    private LocalStackAccount() {
        container.start();
        endpoint = container.getEndpoint();
        region = Region.of(container.getRegion());
        credentials = StaticCredentialsProvider.create(
                AwsBasicCredentials.create(container.getAccessKey(), container.getSecretKey()));
        dynamoDb = client(DynamoDbClient.builder(), kept);
        sqs = client(SqsClient.builder());
        secrets = client(SecretsManagerClient.builder());
        lambda = client(LambdaClient.builder());
        cloudFormation = client(CloudFormationClient.builder());
        logs = client(CloudWatchLogsClient.builder());
        iam = client(IamClient.builder());
        s3 = client(S3Client.builder().forcePathStyle(true));
        s3.createBucket(bucket -> bucket.bucket(BUCKET));
    }

    /** Takes some seconds. */
    static LocalStackAccount start() {
        return new LocalStackAccount();
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return client(builder, http);
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder, SdkHttpClient over) {
        return builder.endpointOverride(endpoint)
                .region(region)
                .credentialsProvider(credentials)
                .httpClient(over)
                .build();
    }

    URI endpoint() {
        return endpoint;
    }

    /** What an operator's commands need to reach this account. */
    OperatorEnvironment operatorEnvironment() {
        return operatorEnvironment(endpoint);
    }

    /** The same, through a proxy. */
    OperatorEnvironment operatorEnvironment(URI proxy) {
        return new OperatorEnvironment(
                () -> OperatorClients.of(region, credentials, proxy), InstantSource.system(), Map.of("NO_COLOR", "1"));
    }

    /** Where CloudFormation finds the file. */
    String upload(Path file) {
        String key = file.getFileName().toString();
        s3.putObject(object -> object.bucket(BUCKET).key(key), RequestBody.fromFile(file));
        return "s3://" + BUCKET + "/" + key;
    }

    /** Its address inside the container, as SAM deploys it: the text itself is too long for CloudFormation's call. */
    String uploadTemplate(String text) {
        s3.putObject(object -> object.bucket(BUCKET).key("template.yaml"), RequestBody.fromString(text));
        return "http://localhost:4566/" + BUCKET + "/template.yaml";
    }

    /** The containers of its functions go when the tests end: Testcontainers labels them as its own. */
    @Override
    public void close() {
        container.stop();
        http.close();
        kept.close();
    }
}
