package dev.nftrefresh.operator.letters;

import dev.nftrefresh.update.RejectReason;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Why a letter is one: the name of a {@link RejectReason}, one of the two below, or what a newer release of the function wrote.
 *
 * @param name in capitals
 */
record LetterReason(String name) implements Comparable<LetterReason> {
    /** SQS moved the message by itself, after it was received too often. */
    static final LetterReason NONE = new LetterReason("NONE");
    /** The loader gave the file up. */
    static final LetterReason FILE_NOT_LOADED = new LetterReason("FILE_NOT_LOADED");

    /** Those that this release knows. */
    static List<String> known() {
        return Stream.concat(
                        Arrays.stream(RejectReason.values()).map(Enum::name),
                        Stream.of(NONE.name, FILE_NOT_LOADED.name))
                .toList();
    }

    /** Whether its letters are the producer's mistakes: sent back as they are, they would only be refused again. */
    boolean goesOnlyByName() {
        return name.equals(RejectReason.MALFORMED_JSON.name()) || name.startsWith("INVALID_");
    }

    /** What a person can do about it, in a few words. */
    String advice() {
        return switch (name) {
            case "MALFORMED_JSON", "INVALID_MESSAGE", "INVALID_TOKEN", "TOKEN_TOO_LARGE" ->
                "fix the producer, and have it send the update again";
            case "WRONG_CHAIN" -> "find the producer of the other environment that uses this queue";
            case "REFUSED_BY_API" -> "fix what Immutable refuses, then redrive";
            case "COLLECTION_NOT_FOUND" -> "register the collection at Immutable, then redrive";
            case "EXPIRED" -> "find out why it waited for so long, then redrive";
            case "NONE" -> "SQS moved it after 1,000 receives: see what fails in the function's log, then redrive";
            case "FILE_NOT_LOADED" -> "see what fails in the loader's log, then redrive";
            default -> "see docs/operations.md";
        };
    }

    @Override
    public int compareTo(LetterReason other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
