package dev.nftrefresh.operator.letters;

import dev.nftrefresh.update.CollectionId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that choose letters. */
final class LetterOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    private @Nullable LetterReason reason;
    private @Nullable String contract;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            completionCandidates = ReasonCandidates.class,
            description = "Only letters with this reason: ${COMPLETION-CANDIDATES}.")
    void setReason(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        if (!LetterReason.known().contains(wanted)) {
            throw wrong(
                    "--reason is " + name + ", but the reasons are " + String.join(", ", LetterReason.known()) + ".");
        }
        reason = new LetterReason(wanted);
    }

    @Option(names = "--contract", paramLabel = "ADDRESS", description = "Only letters about this contract.")
    void setContract(String address) {
        if (!CollectionId.isAddress(address)) {
            throw wrong("--contract must be 0x and 40 hexadecimal digits, not " + address + ".");
        }
        contract = address;
    }

    private ParameterException wrong(String sentence) {
        CommandLine line = command.commandLine();
        return new ParameterException(line, sentence);
    }

    LetterFilter filter() {
        return new LetterFilter(reason, contract);
    }
}
