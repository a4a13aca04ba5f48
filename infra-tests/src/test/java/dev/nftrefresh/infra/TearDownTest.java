package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a stack leaves behind that is deleted, and how its names are freed. */
@OnLocalStack
final class TearDownTest {
    private final Deployer deployer;

    TearDownTest(Deployer deployer) {
        this.deployer = deployer;
    }

    @Test
    void whatCannotBeMadeAgainStaysUntilSomebodyDeletesItAndThenItsNamesAreFree() {
        var cloud = deployer.cloud();
        Map<String, String> parameters = Map.of("EnvironmentName", "sandbox", "Processing", "paused");
        Stack stack = deployer.begin("gone-studio", parameters).awaitDeployed();
        var queue = new Queue(cloud.sqs, stack.output("RefreshQueueUrl"));
        queue.send(List.of(Updates.update("1")));
        String table = stack.output("TableName");
        String secret = stack.output("ApiKeySecretArn");
        String bucket = stack.output("BulkBucketName");

        stack.delete();

        assertThat(queue.depth().visible()).isEqualTo(1);
        assertThat(cloud.dynamoDb.listTables().tableNames()).contains(table);
        assertThat(cloud.secrets
                        .describeSecret(describe -> describe.secretId(secret))
                        .deletedDate())
                .isNull();
        assertThat(cloud.s3.listBuckets().buckets())
                .anyMatch(kept -> kept.name().equals(bucket));

        for (String name : List.of("refresh", "bulk-refresh", "refresh-dead-letters", "bulk", "bulk-dead-letters")) {
            String url = cloud.sqs
                    .getQueueUrl(get -> get.queueName("gone-studio-" + name))
                    .queueUrl();
            cloud.sqs.deleteQueue(delete -> delete.queueUrl(url));
        }
        cloud.s3.deleteBucket(delete -> delete.bucket(bucket));
        deployer.begin("gone-studio", parameters).awaitDeployed();
    }
}
