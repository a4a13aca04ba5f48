package dev.nftrefresh.local.command;

import dev.nftrefresh.bulkfile.BulkFileType;
import dev.nftrefresh.update.CollectionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The bulk file that a command is about. */
final class BulkFileOptions {
    /** Of sandbox and of production. */
    private static final Set<String> CHAINS = Set.of("imtbl-zkevm-testnet", "imtbl-zkevm-mainnet");

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "A bulk file, whose name ends in " + BulkFileType.ENDINGS + ".")
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

    Path file() {
        return file;
    }

    CollectionId collection() {
        if (!CHAINS.contains(chain)) {
            throw wrong("--chain must be imtbl-zkevm-testnet or imtbl-zkevm-mainnet, not " + chain + ".");
        }
        if (!CollectionId.isAddress(contract)) {
            throw wrong("--contract must be 0x and 40 hexadecimal digits, not " + contract + ".");
        }
        return new CollectionId(chain, contract);
    }

    BulkFileType kind() {
        @Nullable BulkFileType kind = BulkFileType.ofName(file.toString());
        if (kind == null) {
            throw wrong(file + " has an unknown ending; a bulk file ends in " + BulkFileType.ENDINGS + ".");
        }
        checkReadable();
        return kind;
    }

    /** Refuses the command line unless the file can be read. */
    void checkReadable() {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw wrong("There is no file " + file + " to read; name one that has tokens.");
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
