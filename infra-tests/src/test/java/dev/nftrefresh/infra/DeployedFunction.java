package dev.nftrefresh.infra;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Container;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** A function of a stack, the event source mapping of its first queue, its containers and its log. */
final class DeployedFunction {
    private final LambdaClient lambda;
    private final CloudWatchLogsClient logs;
    private final String name;
    private final String logGroup;
    private final String queueArn;

    private DeployedFunction(DeployedStack stack, String name, String logGroup, StackQueue queue) {
        lambda = stack.cloud().lambda;
        logs = stack.cloud().logs;
        this.name = name;
        this.logGroup = logGroup;
        queueArn = queue.arn();
    }

    /** What sends updates to the API. */
    static DeployedFunction refresh(DeployedStack stack) {
        var queue = new StackQueue(stack.cloud().sqs, stack.output("RefreshQueueUrl"));
        return new DeployedFunction(
                stack, stack.output("RefreshFunctionName"), stack.resource("RefreshLogGroup"), queue);
    }

    /** What loads bulk files. */
    static DeployedFunction bulkLoad(DeployedStack stack) {
        var queue = new StackQueue(stack.cloud().sqs, stack.output("BulkQueueUrl"));
        return new DeployedFunction(
                stack, stack.output("BulkLoadFunctionName"), stack.resource("BulkLoadLogGroup"), queue);
    }

    FunctionConfiguration configuration() {
        return lambda.getFunction(get -> get.functionName(name)).configuration();
    }

    void setTimeout(Duration timeout) {
        lambda.updateFunctionConfiguration(update -> update.functionName(name).timeout((int) timeout.toSeconds()));
        lambda.waiter().waitUntilFunctionUpdatedV2(get -> get.functionName(name));
    }

    void setVariable(String variable, String value) {
        var variables = new HashMap<>(configuration().environment().variables());
        variables.put(variable, value);
        lambda.updateFunctionConfiguration(
                update -> update.functionName(name).environment(environment -> environment.variables(variables)));
        lambda.waiter().waitUntilFunctionUpdatedV2(get -> get.functionName(name));
    }

    InvokeResponse invoke(String event) {
        return lambda.invoke(invoke -> invoke.functionName(name).payload(SdkBytes.fromUtf8String(event)));
    }

    /** Stops the polling of its queue, without a deploy. */
    void stopPolling() {
        lambda.updateEventSourceMapping(update -> update.uuid(mapping().uuid()).enabled(false));
        awaitPollingStopped();
    }

    /**
     * Starts it again. Nothing waits for the state: where a poller ends late, LocalStack goes on calling the mapping
     * disabled while the next one polls.
     */
    void startPolling() {
        lambda.updateEventSourceMapping(update -> update.uuid(mapping().uuid()).enabled(true));
    }

    void awaitPollingStopped() {
        await("stop of the event source mapping")
                .atMost(Duration.ofSeconds(30))
                .until(() -> mapping().state().equals("Disabled"));
    }

    EventSourceMappingConfiguration mapping() {
        return lambda.listEventSourceMappings(list -> list.functionName(name).eventSourceArn(queueArn))
                .eventSourceMappings()
                .getFirst();
    }

    /** What it logged, line by line; Lambda's own lines too. */
    List<String> log() {
        return logEvents().stream().map(FilteredLogEvent::message).toList();
    }

    /** The same, apart for each of its copies: a copy has a log stream of its own. */
    Collection<List<String>> logsOfCopies() {
        return logEvents().stream()
                .collect(Collectors.groupingBy(
                        FilteredLogEvent::logStreamName,
                        Collectors.mapping(FilteredLogEvent::message, Collectors.toList())))
                .values();
    }

    /** LocalStack writes it here, whatever LoggingConfig says. */
    private List<FilteredLogEvent> logEvents() {
        try {
            return logs.filterLogEventsPaginator(filter -> filter.logGroupName("/aws/lambda/" + name)).events().stream()
                    .toList();
        } catch (ResourceNotFoundException _) {
            return List.of(); // nothing was logged yet
        }
    }

    /** The group and, as CloudFormation writes it, its streams. */
    String logGroupArn() {
        return logs.describeLogGroups(describe -> describe.logGroupNamePrefix(logGroup))
                .logGroups()
                .getFirst()
                .arn();
    }

    /** Freezes the function in its containers, as no fault of its own would: it cannot end in time. */
    void freeze() throws InterruptedException {
        signal("STOP");
    }

    /** Kills it in its containers, as Lambda does when its memory is used up. */
    void kill() throws InterruptedException {
        signal("KILL");
    }

    private void signal(String signal) throws InterruptedException {
        DockerClient docker = DockerClientFactory.instance().client();
        for (Container container : containers(docker).toList()) {
            String command = docker.execCreateCmd(container.getId())
                    .withCmd("sh", "-c", signalJava(signal))
                    .exec()
                    .getId();
            docker.execStartCmd(command).exec(new ResultCallback.Adapter<>()).awaitCompletion();
        }
    }

    /** Signals every process of this name. Of the Lambda image nothing but the shell and its base tools is asked. */
    private static String signalJava(String signal) {
        return "for exe in /proc/[0-9]*/exe; do case $(readlink $exe) in */java) pid=${exe#/proc/}; kill -" + signal
                + " ${pid%/exe};; esac; done";
    }

    private Stream<Container> containers(DockerClient docker) {
        String part = name.toLowerCase(Locale.ROOT);
        return docker.listContainersCmd().exec().stream()
                .filter(container ->
                        container.getNames()[0].toLowerCase(Locale.ROOT).contains(part));
    }
}
