package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.TracingMode;

/**
 * A stack whose parameter asks for traces. It is of its own, as LocalStack leaves a role what an update takes away; {@link
 * PoliciesTest} looks at roles that were never given this right.
 */
@OnLocalStack
final class TracingTest {
    private final StackDeployer deployer;

    TracingTest(StackDeployer deployer) {
        this.deployer = deployer;
    }

    @Test
    void tracesBothFunctionsAndLetsThemSendTheTraces() {
        DeployedStack stack = deployer.begin(
                        "traced", Map.of("EnvironmentName", "sandbox", "Processing", "paused", "Tracing", "Active"))
                .awaitDeployed();

        assertThat(DeployedFunction.refresh(stack)
                        .configuration()
                        .tracingConfig()
                        .mode())
                .isEqualTo(TracingMode.ACTIVE);
        assertThat(DeployedFunction.bulkLoad(stack)
                        .configuration()
                        .tracingConfig()
                        .mode())
                .isEqualTo(TracingMode.ACTIVE);
        for (String role : Set.of("RefreshFunctionRole", "BulkLoadFunctionRole")) {
            assertThat(PolicyStatement.ofRole(stack.cloud().iam, stack.resource(role)))
                    .contains(PolicyStatement.allow(Set.of("xray:PutTraceSegments", "xray:PutTelemetryRecords"), "*"));
        }

        stack.delete();
    }
}
