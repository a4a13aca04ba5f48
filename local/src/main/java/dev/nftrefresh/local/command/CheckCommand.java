package dev.nftrefresh.local.command;

import dev.nftrefresh.file.FileElement;
import dev.nftrefresh.file.FileKind;
import dev.nftrefresh.file.TokenFile;
import dev.nftrefresh.update.CollectionId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./nft-refresh check}. */
@Command(
        name = "check",
        sortOptions = false,
        description =
                "Reads a bulk file, as the bulk loader would, and prints each fault as FILE:LINE: REASON: detail. "
                        + "Exit status 1 if there is any.")
final class CheckCommand implements Callable<Integer> {
    private static final int FAULTS = 1;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Mixin
    private final BulkFile bulkFile = new BulkFile();

    @Override
    public Integer call() throws IOException {
        CollectionId collection = bulkFile.collection();
        FileKind kind = bulkFile.kind();
        Instant now = Clock.systemUTC().instant();
        var findings = new Findings(bulkFile.file(), command.commandLine().getOut());
        try (var tokens =
                TokenFile.open(Files.newInputStream(bulkFile.file()), kind.format(), kind.gzip(), collection, now)) {
            for (FileElement element = tokens.next(); element != null; element = tokens.next()) {
                findings.add(element);
            }
            findings.end();
        }
        PrintWriter err = command.commandLine().getErr();
        err.println(findings.summary());
        err.flush();
        return findings.any() ? FAULTS : 0;
    }
}
