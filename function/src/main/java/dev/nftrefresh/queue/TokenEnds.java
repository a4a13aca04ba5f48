package dev.nftrefresh.queue;

import dev.nftrefresh.settled.FilePlace;
import dev.nftrefresh.settled.TokenEnd;
import dev.nftrefresh.update.ReadResult;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the tokens of a file's message are settled, once the message is finished. */
final class TokenEnds {
    private TokenEnds() {}

    /** Those that are; none of a message that stays in the queue as it is. */
    static Map<FilePlace, TokenEnd> of(MessageOutcome outcome) {
        var ends = new HashMap<FilePlace, TokenEnd>();
        if (outcome.message().places().isEmpty() || !(Verdict.on(outcome) instanceof Verdict.Finished)) {
            return ends;
        }
        if (outcome.read() instanceof ReadResult.Refused) {
            outcome.message().places().forEach(place -> ends.put(place, TokenEnd.DEAD_LETTERED));
        }
        for (int i = 0; i < outcome.fates().size(); i++) {
            TokenEnd end = of(outcome.fates().get(i));
            if (end != null) {
                ends.merge(outcome.message().place(i), end, TokenEnds::first);
            }
        }
        ends.remove(FilePlace.NOWHERE);
        return ends;
    }

    /** Of a token that is settled in two ways. */
    static TokenEnd first(TokenEnd one, TokenEnd other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static @Nullable TokenEnd of(Fate fate) {
        return switch (fate) {
            case Fate.Accepted _, Fate.AcceptedBefore _ -> TokenEnd.ACCEPTED;
            case Fate.Superseded _ -> TokenEnd.SUPERSEDED;
            case Fate.Rejected _ -> TokenEnd.DEAD_LETTERED;
            case Fate.Duplicate _, Fate.Returned _, Fate.SentAlone _ -> null;
        };
    }
}
