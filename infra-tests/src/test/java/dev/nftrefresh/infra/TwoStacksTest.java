package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A second stack in the same account and region. */
@OnLocalStack
final class TwoStacksTest {
    private final StackDeployer deployer;
    private final StackDeployment first;

    TwoStacksTest(StackDeployer deployer, StackDeployment first) {
        this.deployer = deployer;
        this.first = first;
    }

    @Test
    void doesNotAffectTheFirstStackWhileItWorksAndWhenItIsDeleted() {
        try (StackDeployment second = deployer.sandbox("another-studio", Map.of("MaximumConcurrency", "3"))) {
            List<String> ofFirst = UpdateMessages.ids(10_000, 20);
            List<String> ofSecond = UpdateMessages.ids(11_000, 20);

            first.send(ofFirst);
            second.send(ofSecond);

            first.awaitAccepted(ofFirst);
            second.awaitAccepted(ofSecond);
            assertThat(first.accepted(ofSecond)).isEmpty();
            assertThat(second.accepted(ofFirst)).isEmpty();
            // Each used its own key: the other's would have been refused.
            assertThat(second.api.counts().unauthorised()).isZero();
            assertThat(second.api.counts().requests())
                    .isEqualTo(second.api.counts().accepted());

            second.stack.delete();
            List<String> afterwards = UpdateMessages.ids(18_000, 20);
            first.send(afterwards);
            first.awaitAccepted(afterwards);
        }
    }
}
