package dev.nftrefresh.operator.processing;

import dev.nftrefresh.operator.DeployedStack;
import dev.nftrefresh.operator.OperatorException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** Changes the parameter {@code Processing} of a stack, and nothing else. */
final class ProcessingUpdate {
    private static final String PARAMETER = "Processing";
    /** Switching four event sources takes less than two minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    /** What is left then only deletes what was replaced, and an update of this parameter replaces nothing. */
    private static final Set<String> IN_EFFECT =
            Set.of("UPDATE_COMPLETE", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "CREATE_COMPLETE", "IMPORT_COMPLETE");

    private static final String UNDER_WAY = "_IN_PROGRESS";

    private final CloudFormationClient cloudFormation;
    private final InstantSource clock;

    ProcessingUpdate(CloudFormationClient cloudFormation, InstantSource clock) {
        this.cloudFormation = cloudFormation;
        this.clock = clock;
    }

    /**
     * Gives the parameter this value.
     *
     * @return whether it had another one
     * @throws OperatorException if it did not take effect
     */
    boolean set(DeployedStack stack, String value) throws InterruptedException {
        if (!stack.parameters().containsKey(PARAMETER)) {
            throw new OperatorException(
                    "The stack %s has no parameter %s, so it is older than this command: deploy the current template, then repeat it."
                            .formatted(stack.name(), PARAMETER));
        }
        if (isUnderWay(stack)) {
            throw new OperatorException("The stack %s is just being changed (%s): wait until that is over, then repeat."
                    .formatted(stack.name(), stack.status()));
        }
        if (stack.parameter(PARAMETER).equals(value)) {
            return false;
        }
        Instant begun = clock.instant();
        begin(stack, value);
        DeployedStack changed = awaitEnd(stack, begun.plus(PATIENCE));
        if (!IN_EFFECT.contains(changed.status())
                || !changed.parameter(PARAMETER).equals(value)) {
            throw new OperatorException("The stack %s could not be changed and is as it was (%s): %s"
                    .formatted(stack.name(), changed.status(), reason(stack, begun)));
        }
        return true;
    }

    private void begin(DeployedStack stack, String value) {
        // SAM's template is expanded again, which must be acknowledged where no change set is made.
        Collection<Capability> capabilities = EnumSet.of(Capability.CAPABILITY_AUTO_EXPAND);
        capabilities.addAll(stack.capabilities());
        List<Parameter> parameters = stack.parameters().keySet().stream()
                .sorted()
                .map(key -> key.equals(PARAMETER) ? changed(value) : unchanged(key))
                .toList();
        try {
            cloudFormation.updateStack(update -> update.stackName(stack.id())
                    .usePreviousTemplate(true)
                    .capabilities(capabilities)
                    .parameters(parameters));
        } catch (CloudFormationException e) {
            throw new OperatorException(
                    "CloudFormation refused to change the stack %s: %s"
                            .formatted(stack.name(), e.awsErrorDetails().errorMessage()),
                    e);
        }
    }

    private static Parameter changed(String value) {
        return Parameter.builder().parameterKey(PARAMETER).parameterValue(value).build();
    }

    private static Parameter unchanged(String key) {
        return Parameter.builder().parameterKey(key).usePreviousValue(true).build();
    }

    private DeployedStack awaitEnd(DeployedStack stack, Instant deadline) throws InterruptedException {
        DeployedStack changing = DeployedStack.find(cloudFormation, stack.name());
        while (isUnderWay(changing)) {
            if (!clock.instant().isBefore(deadline)) {
                throw new OperatorException(
                        "The stack %s is still being changed (%s) after %d minutes: look at its events in CloudFormation."
                                .formatted(stack.name(), changing.status(), PATIENCE.toMinutes()));
            }
            // Nothing counts it down: only an interrupt ends the wait early.
            boolean _ = new CountDownLatch(1).await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
            changing = DeployedStack.find(cloudFormation, stack.name());
        }
        return changing;
    }

    private static boolean isUnderWay(DeployedStack stack) {
        return stack.status().endsWith(UNDER_WAY) && !IN_EFFECT.contains(stack.status());
    }

    /** The first thing that failed; the rest follows from it. */
    private String reason(DeployedStack stack, Instant begun) {
        return cloudFormation.describeStackEvents(events -> events.stackName(stack.id())).stackEvents().stream()
                .filter(event -> event.timestamp().isAfter(begun))
                .filter(event -> event.resourceStatusAsString().endsWith("_FAILED"))
                .reduce((_, earlier) -> earlier)
                .map(ProcessingUpdate::reason)
                .orElse("look at its events in CloudFormation.");
    }

    private static String reason(StackEvent event) {
        return event.logicalResourceId() + ": " + event.resourceStatusReason();
    }
}
