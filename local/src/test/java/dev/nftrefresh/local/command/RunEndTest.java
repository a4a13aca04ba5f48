package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nftrefresh.local.api.InjectedFault;
import dev.nftrefresh.local.api.StandInRefreshApi;
import dev.nftrefresh.local.api.StandInSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a run ends that cannot continue. */
@Timeout(120)
class RunEndTest {
    private static final String FAST = "--batching-window=0.05";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private CommandProcess run(StandInRefreshApi api) throws IOException {
        Path file = Files.writeString(folder.resolve("messages.ndjson"), """
                {"chain_name":"imtbl-zkevm-testnet","contract_address":"0x8a90cab2b38dba80c64b7734e58ee1db38b8992e",\
                "nft_metadata":[{"token_id":"1","name":"Sword","description":null,"image":null,"external_url":null,\
                "animation_url":null,"youtube_url":null,"attributes":[]}]}
                """);
        return CommandProcess.start(
                Map.of("IMMUTABLE_API_KEY", "sk_imapik-of-a-studio"),
                "run",
                file.toString(),
                "--api",
                api.baseUrl().toString(),
                "--summary",
                folder.resolve("summary.json").toString(),
                FAST);
    }

    private JsonNode summary() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
    }

    @Test
    void aKeyThatIsRefusedEndsTheRunWithStatusThree() throws Exception {
        try (StandInRefreshApi api = StandInRefreshApi.start(StandInSettings.UNLIMITED, Clock.systemUTC())) {
            api.acceptOnly("sk_imapik-of-another-one");
            try (CommandProcess run = run(api)) {
                assertThat(run.exitStatus()).isEqualTo(3);

                assertThat(run.rest())
                        .contains(api.baseUrl() + " refused the key (The API key is missing or wrong), and "
                                + "$IMMUTABLE_API_KEY has no other: export a valid key, and run this again.")
                        .contains("1  1                             not settled")
                        .doesNotContain("sk_imapik");
            }
        }
        assertThat(summary().path("tokens_accepted").asInt()).isZero();
        assertThat(summary().has("interrupted")).isFalse();
    }

    @Test
    void aKeyThatMayRefreshNoneOfTheCollectionsEndsTheRunWithStatusThree() throws Exception {
        try (StandInRefreshApi api = StandInRefreshApi.start(StandInSettings.UNLIMITED, Clock.systemUTC())) {
            api.faults().whenever(_ -> true, InjectedFault.forbidden());
            try (CommandProcess run = run(api)) {
                assertThat(run.exitStatus()).isEqualTo(3);

                assertThat(run.rest())
                        .contains(api.baseUrl()
                                + " answers 403 (A fault that was asked for) for every collection that was"
                                + " tried: the key in $IMMUTABLE_API_KEY may refresh none of them. Export a key of the"
                                + " project that owns them, and run this again.")
                        .doesNotContain("sk_imapik");
            }
        }
        assertThat(summary().path("tokens_accepted").asInt()).isZero();
    }

    @Test
    void anInterruptedRunSaysSoAndWhatWasLost() throws Exception {
        try (StandInRefreshApi api = StandInRefreshApi.start(StandInSettings.UNLIMITED, Clock.systemUTC())) {
            api.faults().whenever(_ -> true, InjectedFault.unavailable());
            api.record();
            try (CommandProcess run = run(api)) {
                while (api.recorded().isEmpty()) {
                    Thread.onSpinWait();
                }

                // 128 and the number of the signal; Ctrl-C is 130.
                assertThat(run.terminate()).isEqualTo(143);

                assertThat(run.rest()).contains("Interrupted: 0 of 1 tokens were accepted, superseded or rejected");
            }
        }
        assertThat(summary().path("interrupted").asBoolean()).isTrue();
    }
}
