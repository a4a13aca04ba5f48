package dev.nftrefresh.queue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a search for refused tokens knows of the tokens of one message. It stands in an attribute of the message, so that the
 * next pass goes on where the last one stopped: under a limit that grants one request a pass, a search that began anew each
 * time would never end. Any values may come in, and are bounded.
 *
 * @param hasRefused whether one of the tokens is known to be refused
 * @param accepted tokens of the whole search
 * @param refusedAlone tokens of the whole search that were refused alone
 * @param refusedInARow of these, since the last acceptance
 * @param spare requests that the search may take beyond one for each token
 * @param hintsWrong whether a token that an answer named was accepted
 */
public record SearchProgress(
        boolean hasRefused, int accepted, int refusedAlone, int refusedInARow, int spare, boolean hintsWrong) {
    /** Requests that a search may take beyond one for each token. */
    public static final int SPARE = 15;
    /** Of tokens of which nothing is known. */
    public static final SearchProgress BEGUN = new SearchProgress(false, 0, 0, 0, SPARE, false);

    private static final int MOST = 10_000;
    private static final Pattern TEXT =
            Pattern.compile("refused=([01]) accepted=([0-9]{1,5}) alone=([0-9]{1,5}) row=([0-9]{1,5}) spare=([0-9]{1,5}) wrong=([01])");

    /** Bounds what comes in. */
    public SearchProgress {
        accepted = Math.clamp(accepted, 0, MOST);
        refusedAlone = Math.clamp(refusedAlone, 0, MOST);
        refusedInARow = Math.clamp(refusedInARow, 0, MOST);
        spare = Math.clamp(spare, 0, MOST);
    }

    /** As an attribute's value tells it; as {@link #BEGUN} if it tells nothing, as in what older versions wrote. */
    static SearchProgress of(String text) {
        Matcher told = TEXT.matcher(text);
        return told.matches()
                ? new SearchProgress(
                        told.group(1).equals("1"),
                        Integer.parseInt(told.group(2)),
                        Integer.parseInt(told.group(3)),
                        Integer.parseInt(told.group(4)),
                        Integer.parseInt(told.group(5)),
                        told.group(6).equals("1"))
                : BEGUN;
    }

    /** The same of only some of the tokens: the refused one may be among the others. */
    public SearchProgress ofSome() {
        return new SearchProgress(false, accepted, refusedAlone, refusedInARow, spare, hintsWrong);
    }

    /** As an attribute's value. */
    String text() {
        return "refused=%d accepted=%d alone=%d row=%d spare=%d wrong=%d"
                .formatted(hasRefused ? 1 : 0, accepted, refusedAlone, refusedInARow, spare, hintsWrong ? 1 : 0);
    }
}
