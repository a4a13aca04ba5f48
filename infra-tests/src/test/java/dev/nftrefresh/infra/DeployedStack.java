package dev.nftrefresh.infra;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** A stack of the template. */
final class DeployedStack {
    private static final Set<StackStatus> DEPLOYED = Set.of(StackStatus.CREATE_COMPLETE, StackStatus.UPDATE_COMPLETE);
    private static final Capability[] CAPABILITIES = {Capability.CAPABILITY_IAM, Capability.CAPABILITY_AUTO_EXPAND};

    private final LocalStackAccount cloud;
    private final String name;
    private final String template;
    private final Map<String, String> parameters = new TreeMap<>();
    private Map<String, String> outputs = Map.of();

    private DeployedStack(LocalStackAccount cloud, String name, String template) {
        this.cloud = cloud;
        this.name = name;
        this.template = template;
    }

    /** Begins to deploy the template at this address; {@link #awaitDeployed()} waits for its end. */
    static DeployedStack begin(LocalStackAccount cloud, String name, String template, Map<String, String> parameters) {
        var stack = new DeployedStack(cloud, name, template);
        stack.parameters.putAll(parameters);
        cloud.cloudFormation.createStack(create -> create.stackName(name)
                .templateURL(template)
                .capabilities(CAPABILITIES)
                .parameters(stack.parameterList()));
        return stack;
    }

    /** Deploys the same template with some parameters changed, as {@code sam deploy --parameter-overrides} does. */
    void update(Map<String, String> changes) {
        parameters.putAll(changes);
        cloud.cloudFormation.updateStack(update -> update.stackName(name)
                .templateURL(template)
                .capabilities(CAPABILITIES)
                .parameters(parameterList()));
        awaitDeployed();
    }

    DeployedStack awaitDeployed() {
        var stack = await("stack " + name)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .until(
                        this::described,
                        described -> !described.stackStatusAsString().endsWith("_IN_PROGRESS"));
        if (!DEPLOYED.contains(stack.stackStatus())) {
            throw new AssertionError("The stack " + name + " is " + stack.stackStatusAsString() + ": " + failures());
        }
        outputs = stack.outputs().stream().collect(Collectors.toMap(Output::outputKey, Output::outputValue));
        return this;
    }

    void delete() {
        cloud.cloudFormation.deleteStack(delete -> delete.stackName(name));
        await("end of stack " + name)
                .atMost(Duration.ofMinutes(1))
                .until(() -> cloud.cloudFormation.listStacks().stackSummaries().stream()
                        .noneMatch(summary -> summary.stackName().equals(name)
                                && summary.stackStatus() != StackStatus.DELETE_COMPLETE));
    }

    String name() {
        return name;
    }

    /** The address of its template. */
    String template() {
        return template;
    }

    LocalStackAccount cloud() {
        return cloud;
    }

    String output(String key) {
        return Objects.requireNonNull(outputs.get(key), key);
    }

    /** What CloudFormation calls the resource that has this name in the template. */
    String resource(String logicalId) {
        return cloud.cloudFormation
                .describeStackResource(resource -> resource.stackName(name).logicalResourceId(logicalId))
                .stackResourceDetail()
                .physicalResourceId();
    }

    private software.amazon.awssdk.services.cloudformation.model.Stack described() {
        return cloud.cloudFormation
                .describeStacks(describe -> describe.stackName(name))
                .stacks()
                .getFirst();
    }

    private String failures() {
        return cloud.cloudFormation.describeStackEvents(events -> events.stackName(name)).stackEvents().stream()
                .filter(event -> event.resourceStatusAsString().endsWith("_FAILED"))
                .map(DeployedStack::failure)
                .collect(Collectors.joining("; "));
    }

    private static String failure(StackEvent event) {
        return event.logicalResourceId() + ": " + event.resourceStatusReason();
    }

    private List<Parameter> parameterList() {
        return parameters.entrySet().stream()
                .map(parameter -> Parameter.builder()
                        .parameterKey(parameter.getKey())
                        .parameterValue(parameter.getValue())
                        .build())
                .toList();
    }
}
