package dev.nftrefresh.local.convert;

import dev.nftrefresh.operator.TerminalSafeText;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./nft-refresh convert}. */
@Command(
        name = "convert",
        sortOptions = false,
        description =
                "Makes a bulk file (NDJSON, on stdout) of an export, and says on stderr what it changed. Exit status 1 if "
                        + "a document is left out or the export cannot be read to its end.")
public final class ConvertCommand implements Callable<Integer> {
    private static final int INCOMPLETE = 1;

    private final OutputStream stdout;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description =
                    "mongoexport's output, Postgres rows by row_to_json, or any JSON documents, one after the other or in an "
                            + "array, also with .gz; or a folder of metadata files whose names are the token ids.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--token-id",
            paramLabel = "FIELD",
            description = "Field that holds the token's id. Default: token_id, tokenId, edition, id or _id.")
    private @Nullable String tokenIdField;

    @Option(
            names = "--keep-other-fields",
            description = "Keep fields that no token has; they are sent to the API. Without it they are left out.")
    private boolean keepsOtherFields;

    /** Writes to the process's stdout, in UTF-8 whatever the terminal has. */
    public ConvertCommand() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    ConvertCommand(OutputStream stdout) {
        this.stdout = stdout;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isReadable(file)) {
            throw new ParameterException(
                    command.commandLine(), "There is no file or folder " + file + " to read; name an export.");
        }
        PrintWriter err = command.commandLine().getErr();
        var changes = new ConversionChanges();
        var out = new BufferedOutputStream(stdout, 1 << 16);
        var tokens = new TokenConversion(changes, keepsOtherFields, tokenIdField);
        var conversion = new ExportConversion(tokens, changes, Clock.systemUTC().instant(), out);
        boolean wholly = true;
        try {
            new ExportedFile(file).read(conversion::convert);
        } catch (ExportException e) {
            wholly = false;
            err.println(TerminalSafeText.line(String.valueOf(e.getMessage())));
        }
        out.flush();
        err.println(conversion.summary());
        changes.print(err);
        return wholly && conversion.isComplete() ? 0 : INCOMPLETE;
    }
}
