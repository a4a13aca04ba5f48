package dev.nftrefresh.local.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.local.api.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Gives each test its sandboxes, and holds what came of them against what must always hold. */
abstract class SandboxTest {
    static {
        warmUp();
    }

    private final List<LocalSandbox> sandboxes = new ArrayList<>();

    /** The first invocation of a JVM loads all classes, which takes longer than some tests give an invocation. */
    private static void warmUp() {
        try (var sandbox = new LocalSandbox(SandboxSettings.USUAL)) {
            sandbox.send(ProducerMessages.message(ProducerMessages.token(1)), "not JSON");
            sandbox.drain();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LocalSandbox sandbox(SandboxSettings settings) {
        try {
            var sandbox = new LocalSandbox(settings);
            sandboxes.add(sandbox);
            return sandbox;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LocalSandbox sandbox() {
        return sandbox(SandboxSettings.USUAL);
    }

    /** The tests' own faults are the only ones: no request is nonconforming, and the key is nowhere but in its header. */
    @AfterEach
    void everyRequestConformsAndTheKeyIsNotLogged() {
        for (LocalSandbox sandbox : sandboxes) {
            sandbox.close();
            for (RecordedRequest recorded : sandbox.requests()) {
                assertThat(OpenApiContract.violations(recorded.request().body()))
                        .isEmpty();
            }
            assertThat(sandbox.api().counts().nonconforming()).isZero();
            assertThat(sandbox.log()).doesNotContain(SandboxSettings.KEY);
        }
    }

    /** Ids of the tokens that the API took, in the order in which it took them. */
    static List<String> acceptedIds(LocalSandbox sandbox) {
        return sandbox.requests().stream()
                .filter(recorded -> recorded.status() == 202)
                .flatMap(recorded -> recorded.request().tokenIds().stream())
                .toList();
    }

    /** The bodies of the requests that the API took, in the order in which it took them. */
    static List<String> acceptedBodies(LocalSandbox sandbox) {
        return sandbox.requests().stream()
                .filter(recorded -> recorded.status() == 202)
                .map(recorded -> recorded.request().body())
                .toList();
    }
}
