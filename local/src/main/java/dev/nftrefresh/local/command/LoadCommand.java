package dev.nftrefresh.local.command;

import dev.nftrefresh.local.flow.LocalBulkUpload;
import dev.nftrefresh.local.flow.LocalFlow;
import dev.nftrefresh.local.flow.LocalFlowSettings;
import dev.nftrefresh.operator.InterruptSignal;
import dev.nftrefresh.operator.TerminalSafeText;
import dev.nftrefresh.update.CollectionId;
import java.io.IOException;
import java.io.PrintWriter;
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
                "Loads a bulk file as the stack would, as sandbox, until each of its tokens is accepted, superseded or "
                        + "rejected, and prints the figures and the report. Exit status 0 if the file was loaded to its end, "
                        + "refused tokens or not.")
final class LoadCommand implements Callable<Integer> {
    private static final int NOT_DONE = 1;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private final BulkFileOptions bulkFile = new BulkFileOptions();

    @Option(names = "--report", paramLabel = "FILE", description = "Write the report there.")
    private @Nullable Path report;

    @Option(names = "--rejected", paramLabel = "FILE", description = "Write the refused tokens there, one JSON a line.")
    private @Nullable Path rejected;

    @Mixin
    private final LiveMessageOptions liveOptions = new LiveMessageOptions();

    @Mixin
    private final LocalFlowRunner run = new LocalFlowRunner();

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
        LocalFlowSettings settings = run.settings();
        Optional<LiveMessageOptions.LiveMessageSource> live = liveOptions.live();
        var files = new OutputFiles(command);
        files.reads("FILE", bulkFile.file());
        files.reads(
                "--live", live.map(LiveMessageOptions.LiveMessageSource::file).orElse(null));
        run.check(files);
        files.check("--report", report);
        files.check("--rejected", rejected);
        var clock = Clock.systemUTC();
        try (var interruption = InterruptSignal.awaited();
                var upload = new LocalBulkUpload(bulkFile.file(), collection.inLowerCase(), clock.instant())) {
            int status = run.of(settings, interruption, new LoadTask(upload, live, clock));
            boolean isWritten = write(upload);
            boolean isGood = upload.isDone() && isWritten && !isRefused(upload);
            return status != 0 || isGood ? status : NOT_DONE;
        }
    }

    /** Whether every token was refused, or any where none may be. */
    private boolean isRefused(LocalBulkUpload upload) {
        long refused = upload.reported("tokens_rejected");
        return refused > 0 && (run.failsOnRejected() || upload.reported("tokens_queued") == 0);
    }

    private boolean write(LocalBulkUpload upload) {
        try {
            if (report != null) {
                Files.writeString(report, upload.report().orElse(""));
            }
            if (rejected != null) {
                Optional<Path> lines = upload.rejected();
                if (lines.isPresent()) {
                    Files.copy(lines.get(), rejected, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    Files.writeString(rejected, "");
                }
            }
            return true;
        } catch (IOException e) {
            PrintWriter err = command.commandLine().getErr();
            err.println(TerminalSafeText.line(
                    "The report could not be written whole to --report and --rejected: " + OutputFiles.why(e) + "."));
            err.flush();
            return false;
        }
    }
}
