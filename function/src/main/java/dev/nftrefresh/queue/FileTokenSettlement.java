package dev.nftrefresh.queue;

import dev.nftrefresh.settled.FileTokenPosition;
import dev.nftrefresh.settled.SettledTokenOutcome;
import dev.nftrefresh.update.MessageReadResult;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Determines how the tokens of a file's message are settled, once the message is finished. */
final class FileTokenSettlement {
    private FileTokenSettlement() {}

    /** The settled tokens; none for a message that stays in the queue as it is. */
    static Map<FileTokenPosition, SettledTokenOutcome> of(MessageOutcome outcome) {
        var ends = new HashMap<FileTokenPosition, SettledTokenOutcome>();
        if (outcome.message().places().isEmpty()
                || !(MessageDisposition.on(outcome) instanceof MessageDisposition.Finished)) {
            return ends;
        }
        if (outcome.read() instanceof MessageReadResult.Rejected) {
            outcome.message().places().forEach(place -> ends.put(place, SettledTokenOutcome.DEAD_LETTERED));
        }
        for (int i = 0; i < outcome.tokenOutcomes().size(); i++) {
            SettledTokenOutcome end = of(outcome.tokenOutcomes().get(i));
            if (end != null) {
                ends.merge(outcome.message().place(i), end, FileTokenSettlement::first);
            }
        }
        ends.remove(FileTokenPosition.NOWHERE);
        return ends;
    }

    /** Which of two outcomes of a token counts. */
    static SettledTokenOutcome first(SettledTokenOutcome one, SettledTokenOutcome other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static @Nullable SettledTokenOutcome of(TokenOutcome tokenOutcome) {
        return switch (tokenOutcome) {
            case TokenOutcome.Accepted _, TokenOutcome.AcceptedBefore _ -> SettledTokenOutcome.ACCEPTED;
            case TokenOutcome.Superseded _ -> SettledTokenOutcome.SUPERSEDED;
            case TokenOutcome.Rejected _ -> SettledTokenOutcome.DEAD_LETTERED;
            case TokenOutcome.Duplicate _, TokenOutcome.Returned _, TokenOutcome.SearchContinued _ -> null;
        };
    }
}
