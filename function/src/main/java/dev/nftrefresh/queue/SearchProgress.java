package dev.nftrefresh.queue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a search for refused tokens knows about the tokens of its message. A message attribute holds it, so that the
 * next pass continues where the last one stopped: under a limit that grants one request a pass, a search that began
 * again each time would never end. Any values may arrive, and are bounded.
 *
 * @param named how many of the first tokens the last answer named; they are tried alone
 * @param suspects how many of the first tokens are known to include a refused one
 * @param isAllNext whether the next request has all tokens
 * @param accepted tokens so far
 * @param refusedAlone tokens so far
 * @param refusedInARow of these, since the last acceptance
 * @param spare requests that the search may take beyond one for each token
 * @param hintsWrong whether a token that an answer named was accepted
 */
public record SearchProgress(
        int named,
        int suspects,
        boolean isAllNext,
        int accepted,
        int refusedAlone,
        int refusedInARow,
        int spare,
        boolean hintsWrong) {
    /** Requests that a search may take beyond one for each token. */
    public static final int SPARE = 15;
    /** The progress at the beginning, when nothing is known about the tokens. */
    public static final SearchProgress BEGUN = new SearchProgress(0, 0, false, 0, 0, 0, SPARE, false);

    private static final int MOST = 10_000;
    private static final String NUMBER = "([0-9]{1,5})";
    private static final Pattern TEXT = Pattern.compile(
            "named=%1$s suspects=%1$s all=([01]) accepted=%1$s refused=%1$s row=%1$s spare=%1$s wrong=([01])"
                    .formatted(NUMBER));

    /** Bounds the values. */
    public SearchProgress {
        named = Math.clamp(named, 0, MOST);
        suspects = Math.clamp(suspects, 0, MOST);
        accepted = Math.clamp(accepted, 0, MOST);
        refusedAlone = Math.clamp(refusedAlone, 0, MOST);
        refusedInARow = Math.clamp(refusedInARow, 0, MOST);
        spare = Math.clamp(spare, 0, MOST);
    }

    /** Reads an attribute's value; {@link #BEGUN} if it cannot be read, such as one that older versions wrote. */
    static SearchProgress of(String text) {
        Matcher reported = TEXT.matcher(text);
        return reported.matches()
                ? new SearchProgress(
                        number(reported, 1),
                        number(reported, 2),
                        number(reported, 3) == 1,
                        number(reported, 4),
                        number(reported, 5),
                        number(reported, 6),
                        number(reported, 7),
                        number(reported, 8) == 1)
                : BEGUN;
    }

    private static int number(Matcher reported, int group) {
        return Integer.parseInt(reported.group(group));
    }

    /** The progress for only some of the tokens: the refused one may be among the others. */
    public SearchProgress ofSome() {
        return new SearchProgress(0, 0, false, accepted, refusedAlone, refusedInARow, spare, hintsWrong);
    }

    /**
     * The progress for only the tokens at these places of the message: the others were settled meanwhile, or are sent
     * in another request. If one of the suspects is among the others, it may be the refused one.
     */
    public SearchProgress ofPlaces(List<Integer> places) {
        int stillNamed = (int) places.stream().filter(place -> place < named).count();
        long stillSuspects = places.stream().filter(place -> place < suspects).count();
        return new SearchProgress(
                stillNamed,
                stillSuspects == suspects ? suspects : 0,
                isAllNext,
                accepted,
                refusedAlone,
                refusedInARow,
                spare,
                hintsWrong);
    }

    /** As an attribute's value. */
    String text() {
        return "named=%d suspects=%d all=%d accepted=%d refused=%d row=%d spare=%d wrong=%d"
                .formatted(
                        named,
                        suspects,
                        isAllNext ? 1 : 0,
                        accepted,
                        refusedAlone,
                        refusedInARow,
                        spare,
                        hintsWrong ? 1 : 0);
    }
}
