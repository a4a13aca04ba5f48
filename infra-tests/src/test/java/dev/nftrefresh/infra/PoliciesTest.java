package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What the deployed roles and policies say. LocalStack enforces none of it, so a right that is missing shows only on AWS;
 * what is checked here is that no right is there which the function or a producer does not use, and on which resource.
 */
@OnLocalStack
final class PoliciesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Deployment sandbox;
    private final IamClient iam;

    PoliciesTest(Deployment sandbox) {
        this.sandbox = sandbox;
        iam = sandbox.stack.cloud().iam;
    }

    /** One statement that allows or denies. */
    private record Right(String effect, Set<String> actions, Set<String> resources) {
        static Right allow(Set<String> actions, String resource) {
            return new Right("Allow", new TreeSet<>(actions), Set.of(resource));
        }
    }

    @Test
    void givesTheFunctionsRoleWhatItUsesAndNothingElse() throws Exception {
        String role = sandbox.stack.resource("RefreshFunctionRole");

        assertThat(iam.listAttachedRolePolicies(list -> list.roleName(role)).attachedPolicies())
                .isEmpty();
        List<Right> rights = new ArrayList<>();
        for (String policy : iam.listRolePolicies(list -> list.roleName(role)).policyNames()) {
            rights.addAll(rights(iam.getRolePolicy(get -> get.roleName(role).policyName(policy))
                    .policyDocument()));
        }
        assertThat(rights)
                .containsExactlyInAnyOrder(
                        Right.allow(
                                Set.of(
                                        "sqs:ReceiveMessage",
                                        "sqs:DeleteMessage",
                                        "sqs:GetQueueAttributes",
                                        "sqs:ChangeMessageVisibility",
                                        "sqs:SendMessage"),
                                sandbox.refreshQueue.arn()),
                        Right.allow(Set.of("sqs:SendMessage"), sandbox.deadLetterQueue.arn()),
                        Right.allow(Set.of("secretsmanager:GetSecretValue"), sandbox.stack.output("ApiKeySecretArn")),
                        Right.allow(
                                Set.of("logs:CreateLogStream", "logs:PutLogEvents"), sandbox.function.logGroupArn()));
    }

    @Test
    void letsTheFunctionLogToTheGroupOfItsRights() {
        assertThat(sandbox.function.configuration().loggingConfig().logGroup())
                .isEqualTo(sandbox.stack.resource("RefreshLogGroup"));
    }

    @Test
    void letsOnlyLambdaTakeTheRole() throws Exception {
        String role = sandbox.stack.resource("RefreshFunctionRole");

        String document = iam.getRole(get -> get.roleName(role)).role().assumeRolePolicyDocument();

        assertThat(statements(document)).singleElement().satisfies(statement -> {
            assertThat(statement.at("/Principal/Service").asText()).isEqualTo("lambda.amazonaws.com");
            assertThat(statement.get("Action").asText()).isEqualTo("sts:AssumeRole");
        });
    }

    @Test
    void letsAProducerSendToTheRefreshQueueAndNothingElse() throws Exception {
        String arn = sandbox.stack.output("ProducerPolicyArn");
        String version = iam.getPolicy(get -> get.policyArn(arn)).policy().defaultVersionId();

        String document = iam.getPolicyVersion(get -> get.policyArn(arn).versionId(version))
                .policyVersion()
                .document();

        assertThat(rights(document))
                .containsExactly(Right.allow(Set.of("sqs:SendMessage"), sandbox.refreshQueue.arn()));
    }

    @Test
    void refusesWhatComesWithoutTlsOnBothQueues() throws Exception {
        for (Queue queue : List.of(sandbox.refreshQueue, sandbox.deadLetterQueue)) {
            String policy = String.valueOf(queue.attributes().get(QueueAttributeName.POLICY));

            assertThat(statements(policy)).anySatisfy(statement -> {
                assertThat(right(statement)).isEqualTo(new Right("Deny", Set.of("sqs:*"), Set.of(queue.arn())));
                assertThat(statement
                                .at("/Condition/Bool")
                                .get("aws:SecureTransport")
                                .asText())
                        .isEqualTo("false");
            });
        }
    }

    private static List<Right> rights(String document) throws JsonProcessingException {
        return statements(document).stream().map(PoliciesTest::right).toList();
    }

    private static List<JsonNode> statements(String document) throws JsonProcessingException {
        JsonNode statement = JSON.readTree(URLDecoder.decode(document, StandardCharsets.UTF_8))
                .get("Statement");
        return statement.isArray() ? statement.valueStream().toList() : List.of(statement);
    }

    private static Right right(JsonNode statement) {
        return new Right(
                statement.get("Effect").asText(), texts(statement.get("Action")), texts(statement.get("Resource")));
    }

    private static Set<String> texts(JsonNode oneOrMany) {
        Set<String> texts = new TreeSet<>();
        if (oneOrMany.isArray()) {
            oneOrMany.forEach(text -> texts.add(text.asText()));
        } else {
            texts.add(oneOrMany.asText());
        }
        return texts;
    }
}
