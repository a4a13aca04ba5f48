package dev.nftrefresh.operator.processing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.operator.AwsStub;
import dev.nftrefresh.operator.AwsStub.Answer;
import dev.nftrefresh.operator.OperatorCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ProcessingCommandTest {
    private final AwsStub aws = new AwsStub();
    private final List<String> updates = new ArrayList<>();
    private String processing = "enabled";
    private String status = "CREATE_COMPLETE";
    /** What CloudFormation makes of an update. */
    private String statusAfterUpdate = "UPDATE_COMPLETE";

    ProcessingCommandTest() {
        aws.cloudFormationAnswers(this::answer);
    }

    @AfterEach
    void close() {
        aws.close();
    }

    private Answer answer(String request) {
        if (request.contains("Action=DescribeStackEvents")) {
            return new Answer(200, """
                    <DescribeStackEventsResponse><DescribeStackEventsResult><StackEvents>
                    <member><LogicalResourceId>BulkLoadFunctionFiles</LogicalResourceId>
                    <Timestamp>2026-11-30T14:37:09Z</Timestamp><ResourceStatus>UPDATE_FAILED</ResourceStatus>
                    <ResourceStatusReason>Cancelled</ResourceStatusReason></member>
                    <member><LogicalResourceId>RefreshFunctionUpdates</LogicalResourceId>
                    <Timestamp>2026-11-30T14:37:05Z</Timestamp><ResourceStatus>UPDATE_FAILED</ResourceStatus>
                    <ResourceStatusReason>not authorized to perform: lambda:UpdateEventSourceMapping</ResourceStatusReason>
                    </member></StackEvents></DescribeStackEventsResult></DescribeStackEventsResponse>""");
        }
        if (request.contains("Action=UpdateStack")) {
            updates.add(URLDecoder.decode(request, StandardCharsets.UTF_8));
            status = statusAfterUpdate;
            if (status.equals("UPDATE_COMPLETE")) {
                processing = processing.equals("enabled") ? "paused" : "enabled";
            }
            return new Answer(200, "<UpdateStackResponse><UpdateStackResult/></UpdateStackResponse>");
        }
        return new Answer(200, """
                <DescribeStacksResponse><DescribeStacksResult><Stacks><member>
                <StackName>nft-refresh-sandbox</StackName><StackId>arn:stack</StackId><StackStatus>%s</StackStatus>
                <Capabilities><member>CAPABILITY_IAM</member></Capabilities>
                <Parameters>
                <member><ParameterKey>Processing</ParameterKey><ParameterValue>%s</ParameterValue></member>
                <member><ParameterKey>AlarmEmail</ParameterKey><ParameterValue>ops@example.com</ParameterValue></member>
                </Parameters>
                <Outputs>
                <member><OutputKey>RefreshQueueUrl</OutputKey><OutputValue>a</OutputValue></member>
                <member><OutputKey>DeadLetterQueueUrl</OutputKey><OutputValue>b</OutputValue></member>
                <member><OutputKey>TableName</OutputKey><OutputValue>c</OutputValue></member>
                </Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>""".formatted(status, processing));
    }

    /** How a command ended. */
    private record Result(int status, String out, String err) {}

    private Result run(OperatorCommand command, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Result(exit, out.toString(), err.toString());
    }

    @Test
    void pausesByTheDeployedTemplateWithEveryOtherParameterAsItIs() {
        Result paused = run(new PauseCommand(aws.environment()));

        assertThat(paused).isEqualTo(new Result(0, """
                                nft-refresh-sandbox is paused: updates wait in its queues until you resume it,
                                for up to 14 days. What was received before ends within a minute, a file within
                                15.
                                """, ""));
        assertThat(updates)
                .singleElement()
                .asString()
                .satisfies(update -> assertThat(update.split("&"))
                        .contains(
                                "StackName=arn:stack",
                                "UsePreviousTemplate=true",
                                "Parameters.member.1.ParameterKey=AlarmEmail",
                                "Parameters.member.1.UsePreviousValue=true",
                                "Parameters.member.2.ParameterKey=Processing",
                                "Parameters.member.2.ParameterValue=paused",
                                "Capabilities.member.1=CAPABILITY_IAM",
                                "Capabilities.member.2=CAPABILITY_AUTO_EXPAND"));
    }

    @Test
    void doesNothingIfTheStateIsAlreadyRight() {
        processing = "paused";

        assertThat(run(new PauseCommand(aws.environment())))
                .isEqualTo(new Result(0, "nft-refresh-sandbox was paused already.\n", ""));
        assertThat(updates).isEmpty();
    }

    @Test
    void resumesAndPrintsWhatItChangedForScripts() {
        processing = "paused";

        assertThat(run(new ResumeCommand(aws.environment()), "--json").out())
                .isEqualToIgnoringNewLines(
                        "{\"stack\":\"nft-refresh-sandbox\",\"processing\":\"enabled\",\"changed\":true}");
    }

    @Test
    void saysWhatFailedFirstIfTheStackIsUnchanged() {
        statusAfterUpdate = "UPDATE_ROLLBACK_COMPLETE";

        Result failed = run(new PauseCommand(aws.environment()));

        assertThat(failed.status()).isEqualTo(4);
        assertThat(failed.err())
                .isEqualToIgnoringNewLines("The stack nft-refresh-sandbox could not be changed and is as it was"
                        + " (UPDATE_ROLLBACK_COMPLETE): RefreshFunctionUpdates: not authorized to perform:"
                        + " lambda:UpdateEventSourceMapping");
    }

    @Test
    void doesNotDisturbARunningDeploy() {
        status = "UPDATE_IN_PROGRESS";

        Result refused = run(new PauseCommand(aws.environment()));

        assertThat(refused.status()).isEqualTo(4);
        assertThat(refused.err())
                .isEqualToIgnoringNewLines("The stack nft-refresh-sandbox is just being changed (UPDATE_IN_PROGRESS):"
                        + " wait until that is over, then repeat.");
        assertThat(updates).isEmpty();
    }
}
