package dev.nftrefresh.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What every command says where AWS refuses, and its exit status then. */
class OperatorCommandTest {
    private static final Map<String, String> OUTPUTS =
            Map.of("RefreshQueueUrl", "https://queue", "DeadLetterQueueUrl", "https://letters", "TableName", "table");

    private final AwsStub aws = new AwsStub();

    @AfterEach
    void close() {
        aws.close();
    }

    /** Does what a test wants of it. */
    @Command(name = "probe")
    private static final class Probe extends OperatorCommand {
        private final Consumer<OperatorClients> work;

        Probe(OperatorEnvironment environment, Consumer<OperatorClients> work) {
            super(environment);
            this.work = work;
        }

        @Override
        protected int run(DeployedStack stack, OperatorClients clients) {
            work.accept(clients);
            return WELL;
        }
    }

    private String failure(Consumer<OperatorClients> work) {
        return failure(aws.environment(), work);
    }

    private static String failure(OperatorEnvironment environment, Consumer<OperatorClients> work) {
        var err = new StringWriter();
        int status = new CommandLine(new Probe(environment, work))
                .setErr(new PrintWriter(err))
                .execute();
        assertThat(status).isEqualTo(4);
        return err.toString().strip();
    }

    @Test
    void doesNotProposeTheProfileThatWasNamed() {
        assertThat(OperatorClients.noCredentials(null)).contains("set AWS_PROFILE, or set AWS_ACCESS_KEY_ID");
        assertThat(OperatorClients.noCredentials("night"))
                .isEqualTo(
                        "The AWS profile night (AWS_PROFILE) does not exist or has no credentials: sign in to it with"
                                + " the AWS CLI, or set AWS_PROFILE to another.");
    }

    private static void countMessages(OperatorClients clients) {
        clients.sqs()
                .getQueueAttributes(get -> get.queueUrl("https://queue").attributeNames(QueueAttributeName.QUEUE_ARN));
    }

    @Test
    void namesTheRightThatIsMissingToFindTheStack() {
        aws.cloudFormationAnswers(
                403,
                AwsStub.error(
                        "AccessDenied",
                        "User: arn:aws:iam::1:user/eve is not authorized to perform: cloudformation:DescribeStacks on resource: x"));

        assertThat(failure(_ -> {}))
                .isEqualTo("You lack the right cloudformation:DescribeStacks (User: arn:aws:iam::1:user/eve is not"
                        + " authorized to perform: cloudformation:DescribeStacks on resource: x): attach one of the"
                        + " stack's managed policies, OperatorReadPolicyArn to look or OperatorPolicyArn to act.");
    }

    @Test
    void namesTheRightOfACallWhoseAnswerDoesNotNameIt() {
        aws.cloudFormationAnswers(200, AwsStub.stack(OUTPUTS));
        aws.othersAnswer(
                403, "{\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"message\":\"Access denied.\"}");

        assertThat(failure(OperatorCommandTest::countMessages))
                .startsWith("You lack the right sqs:GetQueueAttributes (Access denied): attach");
    }

    @Test
    void namesTheOtherRightThatACallNeeds() {
        aws.cloudFormationAnswers(
                403,
                AwsStub.error(
                        "AccessDenied",
                        "User: x is not authorized to perform: cloudformation:CreateChangeSet on resource: y"));

        assertThat(failure(_ -> {})).startsWith("You lack the right cloudformation:CreateChangeSet (");
    }

    @Test
    void saysThatCredentialsHaveExpired() {
        aws.cloudFormationAnswers(
                403, AwsStub.error("ExpiredToken", "The security token included in the request is expired"));

        assertThat(failure(_ -> {}))
                .isEqualTo("AWS does not take these credentials (ExpiredToken: The security token included in the"
                        + " request is expired): sign in again, or set AWS_PROFILE to another profile.");
    }

    @Test
    void saysThatAwsThrottledTheCall() {
        aws.cloudFormationAnswers(400, AwsStub.error("Throttling", "Rate exceeded"));

        assertThat(failure(_ -> {}))
                .isEqualTo("AWS throttled cloudformation:DescribeStacks, and trying again did not help: wait a minute,"
                        + " then repeat the command.");
    }

    @Test
    void saysThatThereIsNoSuchStackInTheRegion() {
        aws.cloudFormationAnswers(
                400, AwsStub.error("ValidationError", "Stack with id nft-refresh-sandbox does not exist"));

        assertThat(failure(_ -> {}))
                .isEqualTo("There is no stack nft-refresh-sandbox in region eu-west-1 of this account: name another"
                        + " with --stack, or set AWS_PROFILE or AWS_REGION.");
    }

    @Test
    void saysThatAStackIsOfAnotherKind() {
        aws.cloudFormationAnswers(200, AwsStub.stack(Map.of("Website", "x")));

        assertThat(failure(_ -> {}))
                .isEqualTo("nft-refresh-sandbox is not a stack of nft-refresh, or was never deployed whole"
                        + " (CREATE_COMPLETE, without the output RefreshQueueUrl, DeadLetterQueueUrl, TableName): name"
                        + " another with --stack.");
    }

    @Test
    void saysThatAStackIsOlderThanTheCommand() {
        var older = new DeployedStack("old", "id", "CREATE_COMPLETE", Map.of(), OUTPUTS, List.of());

        assertThat(catchThrowable(() -> older.output("ChainName")))
                .isInstanceOf(OperatorException.class)
                .hasMessage("The stack old has no output ChainName, so it is older than this command: deploy the"
                        + " current template, then repeat it.");
    }

    @Test
    void saysThatAwsCouldNotBeReached() {
        OperatorEnvironment environment = aws.environment();
        aws.close();

        assertThat(failure(environment, _ -> {}))
                .startsWith("AWS did not answer cloudformation:DescribeStacks (")
                .endsWith("): check the network, the region and AWS_ENDPOINT_URL, and try again.");
    }

    @Test
    void saysWhichSettingIsMissing() {
        var environment = new OperatorEnvironment(
                () -> {
                    throw new OperatorException("There is no AWS region: set AWS_REGION.");
                },
                InstantSource.fixed(AwsStub.NOW),
                Map.of());

        assertThat(failure(environment, _ -> {})).isEqualTo("There is no AWS region: set AWS_REGION.");
    }
}
