package dev.nftrefresh.operator.upload;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nftrefresh.bulkfile.BulkFileType;
import dev.nftrefresh.operator.DeployedStack;
import dev.nftrefresh.operator.OperatorClients;
import dev.nftrefresh.operator.OperatorCommand;
import dev.nftrefresh.operator.OperatorEnvironment;
import dev.nftrefresh.operator.OperatorException;
import dev.nftrefresh.operator.TextReport;
import dev.nftrefresh.operator.TextReport.Tone;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.ExportTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code ./nft-refresh upload}. */
@Command(
        name = "upload",
        sortOptions = false,
        description =
                "Uploads a bulk file into the bucket of a deployed stack, which then sends its tokens. Exit status 1 with"
                        + " --wait if the file could not be loaded to its end, or every token was refused.")
public final class UploadCommand extends OperatorCommand {
    private static final Map<String, String> CHAINS =
            Map.of("sandbox", "imtbl-zkevm-testnet", "production", "imtbl-zkevm-mainnet");

    @SuppressWarnings("NullAway.Init")
    private Path file;

    private String contract = "";
    private @Nullable String updatedAt;

    @Option(names = "--wait", description = "Follow the file until each of its tokens is settled.")
    private boolean wait;

    private int shown;

    public UploadCommand(OperatorEnvironment environment) {
        super(environment);
    }

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "A bulk file, whose name ends in " + BulkFileType.ENDINGS + ".")
    void file(Path path) {
        if (BulkFileType.ofName(path.toString()) == null) {
            throw wrong(path + " has an unknown ending; a bulk file ends in " + BulkFileType.ENDINGS + ".");
        }
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw wrong("There is no file " + path + " to read; name one that has tokens.");
        }
        file = path;
    }

    @Option(
            names = "--contract",
            paramLabel = "ADDRESS",
            required = true,
            description = "The collection's contract: 0x and 40 hexadecimal digits.")
    void contract(String address) {
        if (!CollectionId.isAddress(address)) {
            throw wrong("--contract must be 0x and 40 hexadecimal digits, not " + address + ".");
        }
        contract = address.toLowerCase(Locale.ROOT);
    }

    @Option(
            names = "--updated-at",
            paramLabel = "TIME",
            description =
                    "When the data was exported, such as 2026-11-23T10:00:00Z: the version of tokens without their own."
                            + " Default: the time of the upload.")
    void updatedAt(String time) {
        String fault = ExportTime.read(time, environment().clock().instant()).fault();
        if (fault != null) {
            throw wrong("--updated-at is refused: " + fault + ".");
        }
        updatedAt = time;
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command().commandLine(), sentence);
    }

    @Override
    protected int run(DeployedStack stack, OperatorClients clients) throws IOException, InterruptedException {
        String chain = CHAINS.get(stack.parameter("EnvironmentName"));
        if (chain == null) {
            throw new OperatorException(
                    "%s has the EnvironmentName \"%s\", for which there is no chain: name another stack with --stack."
                            .formatted(stack.name(), stack.parameter("EnvironmentName")));
        }
        String under = chain + "/" + contract + "/" + file.getFileName();
        var uploaded = new BucketFile(clients.s3(), stack.output("BulkBucketName"), under);
        FileReport before = wait ? uploaded.report() : null;
        long size = Files.size(file);
        String version =
                uploaded.upload(file, updatedAt, sent -> show("%,d of %,d bytes uploaded".formatted(sent, size)));
        clear();
        if (!wait) {
            tellUploaded(uploaded, version);
            return WELL;
        }
        FileReport report = new ReportFollower(
                        uploaded, version, before, environment().clock(), UploadCommand::pause)
                .follow(current -> show(current == null ? "uploaded; the stack has not begun" : current.progress()));
        clear();
        if (json()) {
            out().print(report.text());
        } else {
            out().print(new TextReport(terminal())
                    .paragraph(report.isGood() ? Tone.PLAIN : Tone.BAD, report.sentence()));
        }
        out().flush();
        return report.isGood() ? WELL : BAD_NEWS;
    }

    private void tellUploaded(BucketFile uploaded, @Nullable String version) {
        if (json()) {
            out().println(new JsonMapper()
                    .createObjectNode()
                    .put("bucket", uploaded.bucket())
                    .put("key", uploaded.key())
                    .put("version", version));
        } else {
            out().print(new TextReport(terminal())
                    .paragraph(
                            Tone.PLAIN,
                            "Uploaded to s3://%s/%s. Its report will be reports/%s.report.json there."
                                    .formatted(uploaded.bucket(), uploaded.key(), uploaded.under())));
        }
        out().flush();
    }

    private static void pause(Duration time) throws InterruptedException {
        // Nothing counts it down: only an interrupt ends the wait early.
        boolean _ = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Replaces the last line on a terminal. */
    private void show(String progress) {
        if (terminal().interactive()) {
            err().print("\r" + progress + " ".repeat(Math.max(0, shown - progress.length())));
            err().flush();
            shown = progress.length();
        }
    }

    private void clear() {
        if (shown > 0) {
            show("");
            err().print("\r");
            err().flush();
            shown = 0;
        }
    }
}
