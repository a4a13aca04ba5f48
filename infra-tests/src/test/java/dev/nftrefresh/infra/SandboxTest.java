package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Updates on their way through the deployed queue, event source mapping and function. */
@OnLocalStack
final class SandboxTest {
    private final Deployment sandbox;

    SandboxTest(Deployment sandbox) {
        this.sandbox = sandbox;
    }

    @Test
    void acceptsUpdatesInConformingBatches() {
        List<String> ids = Updates.ids(1_000, 300);

        sandbox.send(ids);

        sandbox.awaitAccepted(ids);
        assertThat(sandbox.accepted()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(sandbox.api.counts().nonconforming()).isZero();
        assertThat(sandbox.api.counts().largestRequestTokens()).isBetween(2L, 250L);
    }
}
