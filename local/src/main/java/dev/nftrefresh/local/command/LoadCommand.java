package dev.nftrefresh.local.command;

import dev.nftrefresh.local.flow.BulkUpload;
import dev.nftrefresh.local.flow.FlowSettings;
import dev.nftrefresh.local.flow.LocalFlow;
import dev.nftrefresh.update.CollectionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./nft-refresh load}. */
@Command(
        name = "load",
        sortOptions = false,
        description =
                "Loads a bulk file as the stack would, as sandbox, until each of its tokens has met its fate, and prints "
                        + "the figures and the report. Exit status 0 if the file was loaded to its end, refused tokens or not.")
final class LoadCommand implements Callable<Integer> {
    private static final int NOT_DONE = 1;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private final BulkFile bulkFile = new BulkFile();

    @Option(names = "--report", paramLabel = "FILE", description = "Write the report there.")
    private @Nullable Path report;

    @Option(names = "--rejected", paramLabel = "FILE", description = "Write the refused tokens there, one JSON a line.")
    private @Nullable Path rejected;

    @Mixin
    private final LiveOptions liveOptions = new LiveOptions();

    @Mixin
    private final FlowRun run = new FlowRun();

    @Override
    public Integer call() throws IOException, InterruptedException {
        CollectionId collection = bulkFile.collection();
        bulkFile.kind();
        if (!collection.chainName().equals(LocalFlow.CHAIN)) {
            throw new ParameterException(
                    command.commandLine(),
                    "--chain must be " + LocalFlow.CHAIN + ", as the flow on this machine is a sandbox, not "
                            + collection.chainName() + ".");
        }
        FlowSettings settings = run.settings();
        Optional<LiveOptions.Live> live = liveOptions.live();
        run.checkOutput("--report", report);
        run.checkOutput("--rejected", rejected);
        var clock = Clock.systemUTC();
        try (var interruption = Interruption.awaited();
                var upload = new BulkUpload(bulkFile.file(), collection.inLowerCase(), clock.instant())) {
            int status = run.of(settings, interruption, new Load(upload, live, clock));
            tell(upload);
            return status != 0 || upload.isDone() ? status : NOT_DONE;
        }
    }

    private void tell(BulkUpload upload) throws IOException {
        String text = upload.report().orElse("");
        if (!run.printsJson()) {
            command.commandLine().getOut().println(TerminalText.json(text));
            command.commandLine().getOut().flush();
        }
        if (report != null) {
            Files.writeString(report, text);
        }
        if (rejected != null) {
            Optional<Path> lines = upload.rejected();
            if (lines.isPresent()) {
                Files.copy(lines.get(), rejected, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.writeString(rejected, "");
            }
        }
    }
}
