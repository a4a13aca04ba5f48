package dev.nftrefresh.local.command;

import dev.nftrefresh.local.flow.FlowSettings;
import dev.nftrefresh.local.flow.LocalFlow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./nft-refresh run}. */
@Command(
        name = "run",
        sortOptions = false,
        description =
                "Queues a file of token updates and runs the whole flow, as sandbox, until each has met its fate.")
final class RunCommand implements Callable<Integer> {
    private static final String DEFAULT_FILE = "events/token-updates.ndjson";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "One queue message a line. Default: the project's " + DEFAULT_FILE + "; none with --listen.")
    private @Nullable Path file;

    @Mixin
    private final FlowRun run = new FlowRun();

    @Override
    public Integer call() throws IOException, InterruptedException {
        FlowSettings settings = run.settings();
        @Nullable Path messages = file == null && run.listens() ? null : messages();
        try (var interruption = Interruption.awaited()) {
            return run.of(settings, interruption, new FlowRun.Work() {
                @Override
                public void queue(LocalFlow flow) throws IOException {
                    if (messages != null) {
                        flow.send(messages);
                    }
                }

                @Override
                public String progress(LocalFlow flow) {
                    return RunLine.of(flow.figures(), flow.depth());
                }
            });
        }
    }

    private Path messages() {
        Path given = file == null ? Path.of(System.getProperty("nft-refresh.home", "."), DEFAULT_FILE) : file;
        MessagePath.check(command, given);
        return given;
    }
}
