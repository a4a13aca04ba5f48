package dev.nftrefresh.local.command;

import dev.nftrefresh.file.FileElement;
import dev.nftrefresh.file.FileKind;
import dev.nftrefresh.file.TokenFile;
import dev.nftrefresh.update.CollectionId;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./nft-refresh check}. */
@Command(
        name = "check",
        sortOptions = false,
        description =
                "Reads a bulk file, as the bulk loader would, and prints each fault as FILE:LINE: REASON: detail. "
                        + "Exit status 1 if there is any.")
final class CheckCommand implements Callable<Integer> {
    /** Of sandbox and of production. */
    private static final Set<String> CHAINS = Set.of("imtbl-zkevm-testnet", "imtbl-zkevm-mainnet");

    private static final int FAULTS = 1;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "A bulk file, whose name ends in " + FileKind.ENDINGS + ".")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--chain",
            paramLabel = "NAME",
            required = true,
            description = "imtbl-zkevm-testnet or imtbl-zkevm-mainnet.")
    private String chain = "";

    @Option(
            names = "--contract",
            paramLabel = "ADDRESS",
            required = true,
            description = "The collection's contract: 0x and 40 hexadecimal digits.")
    private String contract = "";

    @Override
    public Integer call() throws IOException {
        CollectionId collection = collection();
        FileKind kind = kind();
        Instant now = Clock.systemUTC().instant();
        var findings = new Findings(file, command.commandLine().getOut());
        try (var tokens = TokenFile.open(Files.newInputStream(file), kind.format(), kind.gzip(), collection, now)) {
            for (FileElement element = tokens.next(); element != null; element = tokens.next()) {
                findings.add(element);
            }
        }
        PrintWriter err = command.commandLine().getErr();
        err.println(findings.summary());
        err.flush();
        return findings.any() ? FAULTS : 0;
    }

    private CollectionId collection() {
        if (!CHAINS.contains(chain)) {
            throw wrong("--chain must be imtbl-zkevm-testnet or imtbl-zkevm-mainnet, not " + chain + ".");
        }
        if (!CollectionId.isAddress(contract)) {
            throw wrong("--contract must be 0x and 40 hexadecimal digits, not " + contract + ".");
        }
        return new CollectionId(chain, contract);
    }

    private FileKind kind() {
        @Nullable FileKind kind = FileKind.ofName(file.toString());
        if (kind == null) {
            throw wrong(file + " has an unknown ending; a bulk file ends in " + FileKind.ENDINGS + ".");
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw wrong("There is no file " + file + " to read; name one that has tokens.");
        }
        return kind;
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
