package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What the deployed roles and policies say. LocalStack enforces none of it, so a right that is missing shows only on AWS;
 * what is checked here is that no right is there which the function or a producer does not use, and on which resource.
 */
@OnLocalStack
final class PoliciesTest {
    private final StackDeployment sandbox;
    private final IamClient iam;

    PoliciesTest(StackDeployment sandbox) {
        this.sandbox = sandbox;
        iam = sandbox.stack.cloud().iam;
    }

    @Test
    void givesTheFunctionsRoleWhatItUsesAndNothingElse() {
        String role = sandbox.stack.resource("RefreshFunctionRole");

        assertThat(iam.listAttachedRolePolicies(list -> list.roleName(role)).attachedPolicies())
                .isEmpty();
        assertThat(PolicyStatement.ofRole(iam, role))
                .containsExactlyInAnyOrder(
                        PolicyStatement.allow(
                                Set.of(
                                        "sqs:ReceiveMessage",
                                        "sqs:DeleteMessage",
                                        "sqs:GetQueueAttributes",
                                        "sqs:ChangeMessageVisibility",
                                        "sqs:SendMessage"),
                                sandbox.refreshQueue.arn(),
                                sandbox.bulkRefreshQueue.arn()),
                        PolicyStatement.allow(Set.of("sqs:SendMessage"), sandbox.deadLetterQueue.arn()),
                        PolicyStatement.allow(
                                        Set.of(
                                                "dynamodb:BatchGetItem",
                                                "dynamodb:Query",
                                                "dynamodb:PutItem",
                                                "dynamodb:DeleteItem"),
                                        sandbox.tableArn())
                                .under(ofPartitions("token *", "request *", "gate*", "room *", "collection *")),
                        PolicyStatement.allow(Set.of("dynamodb:PutItem"), sandbox.tableArn())
                                .under(ofPartitions("settled *")),
                        PolicyStatement.allow(
                                Set.of("secretsmanager:GetSecretValue"), sandbox.stack.output("ApiKeySecretArn")),
                        PolicyStatement.allow(
                                Set.of("logs:CreateLogStream", "logs:PutLogEvents"), sandbox.function.logGroupArn()));
    }

    @Test
    void givesTheLoadersRoleWhatItUsesAndNothingElse() {
        String bucket = "arn:aws:s3:::" + sandbox.stack.output("BulkBucketName");
        String role = sandbox.stack.resource("BulkLoadFunctionRole");
        String logGroup = sandbox.stack.resource("BulkLoadLogGroup");

        assertThat(PolicyStatement.ofRole(iam, role))
                .filteredOn(right -> !right.resources().toString().contains(logGroup))
                .containsExactlyInAnyOrder(
                        PolicyStatement.allow(
                                Set.of(
                                        "sqs:ReceiveMessage",
                                        "sqs:DeleteMessage",
                                        "sqs:GetQueueAttributes",
                                        "sqs:ChangeMessageVisibility"),
                                sandbox.bulkQueue.arn(),
                                sandbox.bulkSettlingQueue.arn()),
                        PolicyStatement.allow(Set.of("sqs:SendMessage"), sandbox.bulkSettlingQueue.arn()),
                        PolicyStatement.allow(Set.of("sqs:SendMessage"), sandbox.bulkRefreshQueue.arn()),
                        PolicyStatement.allow(Set.of("s3:GetObject", "s3:GetObjectVersion"), bucket + "/incoming/*"),
                        PolicyStatement.allow(
                                Set.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject"), bucket + "/reports/*"),
                        PolicyStatement.allow(Set.of("s3:ListBucket"), bucket),
                        PolicyStatement.allow(Set.of("dynamodb:BatchGetItem", "dynamodb:PutItem"), sandbox.tableArn())
                                .under(ofPartitions("load *")),
                        PolicyStatement.allow(Set.of("dynamodb:Query"), sandbox.tableArn())
                                .under(ofPartitions("settled *")));
    }

    private static String ofPartitions(String... patterns) {
        return "{\"ForAllValues:StringLike\":{\"dynamodb:LeadingKeys\":[\"" + String.join("\",\"", patterns) + "\"]}}";
    }

    @Test
    void passesTheRolesOfTheStackToTheFunction() {
        String ids = Stream.of("RefreshFunctionRole", "BulkLoadFunctionRole")
                .map(role -> iam.getRole(get -> get.roleName(sandbox.stack.resource(role)))
                        .role()
                        .roleId())
                .collect(Collectors.joining(","));

        assertThat(sandbox.function.configuration().environment().variables())
                .containsEntry("OWN_ROLE_IDS", ids)
                .containsEntry("MAXIMUM_CONCURRENCY", "2")
                .containsEntry("TOKEN_INTERVAL_SECONDS", "10");
        assertThat(sandbox.loader.configuration().environment().variables())
                .containsEntry("BUCKET_OWNER", "000000000000");
    }

    @Test
    void letsTheFunctionLogToTheGroupOfItsRights() {
        assertThat(sandbox.function.configuration().loggingConfig().logGroup())
                .isEqualTo(sandbox.stack.resource("RefreshLogGroup"));
    }

    @Test
    void letsOnlyLambdaTakeTheRole() {
        String role = sandbox.stack.resource("RefreshFunctionRole");

        String document = iam.getRole(get -> get.roleName(role)).role().assumeRolePolicyDocument();

        assertThat(PolicyStatement.statements(document)).singleElement().satisfies(statement -> {
            assertThat(statement.at("/Principal/Service").asText()).isEqualTo("lambda.amazonaws.com");
            assertThat(statement.get("Action").asText()).isEqualTo("sts:AssumeRole");
        });
    }

    @Test
    void letsAProducerSendToTheRefreshQueueAndNothingElse() {
        assertThat(PolicyStatement.of(policy("ProducerPolicyArn")))
                .containsExactly(PolicyStatement.allow(Set.of("sqs:SendMessage"), sandbox.refreshQueue.arn()));
    }

    @Test
    void letsAnOperatorReadTheStackAndChangeNothing() {
        String bucket = "arn:aws:s3:::" + sandbox.stack.output("BulkBucketName");

        assertThat(PolicyStatement.of(policy("OperatorReadPolicyArn")))
                .containsExactlyInAnyOrder(
                        PolicyStatement.allow(
                                Set.of(
                                        "cloudformation:DescribeStacks",
                                        "cloudformation:DescribeStackResources",
                                        "cloudformation:DescribeStackEvents"),
                                stackArn()),
                        PolicyStatement.allow(Set.of("lambda:GetEventSourceMapping"), mappings())
                                .under(ofTheFunctions()),
                        PolicyStatement.allow(
                                Set.of("sqs:GetQueueAttributes"),
                                sandbox.refreshQueue.arn(),
                                sandbox.bulkRefreshQueue.arn(),
                                sandbox.bulkQueue.arn(),
                                sandbox.deadLetterQueue.arn(),
                                sandbox.bulkDeadLetterQueue.arn()),
                        PolicyStatement.allow(
                                Set.of("sqs:ReceiveMessage", "sqs:ChangeMessageVisibility"),
                                sandbox.deadLetterQueue.arn(),
                                sandbox.bulkDeadLetterQueue.arn()),
                        PolicyStatement.allow(Set.of("dynamodb:BatchGetItem", "dynamodb:Query"), sandbox.tableArn())
                                .under(ofPartitions("token *", "gate*", "room *", "collection *")),
                        PolicyStatement.allow(Set.of("logs:FilterLogEvents"), sandbox.function.logGroupArn()),
                        PolicyStatement.allow(Set.of("s3:GetObject"), bucket + "/reports/*"),
                        PolicyStatement.allow(Set.of("s3:ListBucket"), bucket)
                                .under("{\"StringLike\":{\"s3:prefix\":\"reports/*\"}}"),
                        PolicyStatement.allow(
                                Set.of("cloudwatch:DescribeAlarms"),
                                sandbox.refreshQueue
                                        .arn()
                                        .replaceFirst(
                                                ":sqs:(.*):.*", ":cloudwatch:$1:alarm:" + sandbox.stack.name() + "-*")),
                        PolicyStatement.allow(Set.of("cloudwatch:GetMetricData"), "*"));
    }

    @Test
    void letsAnOperatorPauseRedriveAndUploadAndNothingElse() {
        String bucket = "arn:aws:s3:::" + sandbox.stack.output("BulkBucketName");

        assertThat(PolicyStatement.of(policy("OperatorPolicyArn")))
                .containsExactlyInAnyOrder(
                        PolicyStatement.allow(Set.of("cloudformation:UpdateStack"), stackArn())
                                .under(
                                        "{\"Null\":{\"cloudformation:RoleArn\":\"true\",\"cloudformation:StackPolicyUrl\":\"true\",\"cloudformation:TemplateUrl\":\"true\"}}"),
                        PolicyStatement.allow(
                                Set.of("cloudformation:CreateChangeSet"),
                                "arn:aws:cloudformation:us-east-1:aws:transform/Serverless-2016-10-31"),
                        PolicyStatement.allow(
                                        Set.of("lambda:UpdateEventSourceMapping", "lambda:GetEventSourceMapping"),
                                        mappings())
                                .under(ofTheFunctions()),
                        PolicyStatement.allow(
                                Set.of("sqs:SendMessage"),
                                sandbox.refreshQueue.arn(),
                                sandbox.bulkRefreshQueue.arn(),
                                sandbox.bulkQueue.arn()),
                        PolicyStatement.allow(
                                Set.of("sqs:DeleteMessage"),
                                sandbox.deadLetterQueue.arn(),
                                sandbox.bulkDeadLetterQueue.arn()),
                        PolicyStatement.allow(
                                Set.of("s3:PutObject", "s3:AbortMultipartUpload"), bucket + "/incoming/*"));
    }

    private String policy(String output) {
        String arn = sandbox.stack.output(output);
        String version = iam.getPolicy(get -> get.policyArn(arn)).policy().defaultVersionId();
        return iam.getPolicyVersion(get -> get.policyArn(arn).versionId(version))
                .policyVersion()
                .document();
    }

    private String stackArn() {
        return sandbox.refreshQueue
                .arn()
                .replaceFirst(":sqs:(.*):.*", ":cloudformation:$1:stack/" + sandbox.stack.name() + "/*");
    }

    private String mappings() {
        return sandbox.refreshQueue.arn().replaceFirst(":sqs:(.*):.*", ":lambda:$1:event-source-mapping:*");
    }

    private String ofTheFunctions() {
        return "{\"ArnEquals\":{\"lambda:FunctionArn\":[\"%s\",\"%s\"]}}"
                .formatted(
                        sandbox.function.configuration().functionArn(),
                        sandbox.loader.configuration().functionArn());
    }

    @Test
    void refusesWhatComesWithoutTls() {
        for (StackQueue queue : List.of(sandbox.refreshQueue, sandbox.deadLetterQueue, sandbox.bulkSettlingQueue)) {
            String policy = String.valueOf(queue.attributes().get(QueueAttributeName.POLICY));

            assertThat(PolicyStatement.of(policy))
                    .containsExactly(PolicyStatement.deny(Set.of("sqs:*"), queue.arn())
                            .under("{\"Bool\":{\"aws:SecureTransport\":\"false\"}}"));
        }
    }
}
