package dev.nftrefresh.operator;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * A stack of {@code template.yaml} as CloudFormation describes it.
 *
 * @param id its ARN
 * @param status such as {@code UPDATE_COMPLETE}
 */
public record DeployedStack(
        String name,
        String id,
        String status,
        Map<String, String> parameters,
        Map<String, String> outputs,
        List<Capability> capabilities) {
    /** Every version of the template has these. */
    private static final List<String> TELLING_OUTPUTS = List.of("RefreshQueueUrl", "DeadLetterQueueUrl", "TableName");

    /**
     * Asks for a stack.
     *
     * @throws OperatorException if there is no such stack, or it is a stack of something else
     */
    public static DeployedStack find(CloudFormationClient cloudFormation, String name) {
        try {
            Stack stack = cloudFormation
                    .describeStacks(describe -> describe.stackName(name))
                    .stacks()
                    .getFirst();
            return of(stack).checked();
        } catch (CloudFormationException e) {
            if (!isMissing(e)) {
                throw e;
            }
            throw new OperatorException(
                    "There is no stack %s in region %s of this account: name another with --stack, or set AWS_PROFILE or AWS_REGION."
                            .formatted(
                                    name,
                                    cloudFormation.serviceClientConfiguration().region()),
                    e);
        }
    }

    private static boolean isMissing(CloudFormationException e) {
        return AwsFailures.code(e).equals("ValidationError")
                && String.valueOf(e.getMessage()).contains("does not exist");
    }

    private static DeployedStack of(Stack stack) {
        return new DeployedStack(
                stack.stackName(),
                stack.stackId(),
                stack.stackStatusAsString(),
                stack.parameters().stream()
                        .collect(Collectors.toUnmodifiableMap(Parameter::parameterKey, Parameter::parameterValue)),
                stack.outputs().stream().collect(Collectors.toUnmodifiableMap(Output::outputKey, Output::outputValue)),
                stack.capabilities());
    }

    private DeployedStack checked() {
        List<String> missing = TELLING_OUTPUTS.stream()
                .filter(output -> !outputs.containsKey(output))
                .toList();
        if (missing.isEmpty()) {
            return this;
        }
        throw new OperatorException(
                "%s is not a stack of nft-refresh, or was never deployed whole (%s, without the output %s): name another with --stack."
                        .formatted(name, status, String.join(", ", missing)));
    }

    /**
     * An output of the template.
     *
     * @throws OperatorException if the stack was deployed from a template that did not have it yet
     */
    public String output(String key) {
        String value = outputs.get(key);
        if (value == null) {
            throw new OperatorException(
                    "The stack %s has no output %s, so it is older than this command: deploy the current template, then repeat it."
                            .formatted(name, key));
        }
        return value;
    }

    /** The value of a parameter; empty if its template did not have it yet. */
    public String parameter(String key) {
        return parameters.getOrDefault(key, "");
    }
}
