package dev.nftrefresh.local.command;

import dev.nftrefresh.bulkfile.BulkFileElement;
import dev.nftrefresh.bulkfile.BulkFileFormat;
import dev.nftrefresh.bulkfile.BulkFileReader;
import dev.nftrefresh.bulkfile.BulkFileType;
import dev.nftrefresh.operator.TerminalSafeText;
import dev.nftrefresh.operator.TerminalWidth;
import dev.nftrefresh.operator.WrappedText;
import dev.nftrefresh.update.CollectionId;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./nft-refresh check}. */
@Command(
        name = "check",
        sortOptions = false,
        description =
                "Reads a bulk file, as the bulk loader would, and prints each fault as FILE:LINE: REASON: detail; of equal "
                        + "ones the first five. Exit status 1 if there is any.")
final class CheckCommand implements Callable<Integer> {
    private static final int FAULTS = 1;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private final BulkFileOptions bulkFile = new BulkFileOptions();

    @Option(
            names = "--format",
            paramLabel = "ndjson|json|csv",
            description = "What the file is, whatever its name says. FILE may then be - for stdin.")
    private @Nullable BulkFileFormat format;

    @Option(names = "--strict", description = "Fields that the API does not name are faults, not warnings.")
    private boolean strict;

    @Option(names = "--all", description = "Show equal faults one by one, however many there are.")
    private boolean all;

    @Option(names = "--limit", paramLabel = "N", description = "Say how long the file takes at N requests an hour.")
    private @Nullable Long limit;

    @Override
    public Integer call() throws IOException {
        CollectionId collection = bulkFile.collection();
        if (limit != null && limit < 1) {
            throw wrong("--limit must be 1 or more, not " + limit + ".");
        }
        String name = isStdin() ? "stdin" : bulkFile.file().toString();
        int columns = TerminalWidth.ofOutput(System.getenv());
        var findings = new CheckFindings(name, command.commandLine().getOut(), columns, all);
        var unknown = new UnknownFields();
        var estimate = new RequestEstimate();
        try (BulkFileReader tokens = open(collection, Clock.systemUTC().instant())) {
            for (BulkFileElement element = tokens.next(); element != null; element = tokens.next()) {
                switch (element) {
                    case BulkFileElement.ValidToken token -> {
                        Set<String> names = UnknownFields.of(token.json().bytes());
                        if (strict && !names.isEmpty()) {
                            findings.refusedStrictly(
                                    token.position().line(),
                                    names.stream().map(UnknownFields::sentence).toList());
                        } else {
                            findings.good();
                            unknown.add(token.position().line(), names);
                            estimate.add(token.json().length());
                        }
                    }
                    case BulkFileElement.RejectedElement refused -> findings.refused(refused);
                    case BulkFileElement.UnreadableRest broken -> findings.broken(broken);
                }
            }
            findings.end();
        }
        PrintWriter err = command.commandLine().getErr();
        unknown.warnings(name)
                .forEach(warning -> WrappedText.lines(TerminalSafeText.line(warning), "  ", columns)
                        .forEach(err::println));
        WrappedText.lines((findings.summary() + " " + estimate.sentence(limit)).strip(), "", columns)
                .forEach(err::println);
        err.flush();
        return findings.any() ? FAULTS : 0;
    }

    private boolean isStdin() {
        return bulkFile.file().toString().equals("-");
    }

    private BulkFileReader open(CollectionId collection, Instant now) throws IOException {
        if (format == null) {
            if (isStdin()) {
                throw wrong("Name the format of stdin: --format ndjson, json or csv.");
            }
            BulkFileType kind = bulkFile.kind();
            return BulkFileReader.open(
                    Files.newInputStream(bulkFile.file()), kind.format(), kind.gzip(), collection, now);
        }
        if (!isStdin()) {
            bulkFile.checkReadable();
        }
        var in = new BufferedInputStream(isStdin() ? System.in : Files.newInputStream(bulkFile.file()));
        return BulkFileReader.open(in, format, isGzip(in), collection, now);
    }

    /** By its first two bytes, as stdin has no name. */
    private static boolean isGzip(InputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1F && in.read() == 0x8B;
        in.reset();
        return gzip;
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
