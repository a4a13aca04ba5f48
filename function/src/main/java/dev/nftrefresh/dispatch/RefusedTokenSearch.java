package dev.nftrefresh.dispatch;

import dev.nftrefresh.queue.SearchProgress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The search for the tokens that make Immutable refuse a request: it answers 400 {@code VALIDATION_ERROR} for all of
 * them and need not say which. Call {@link #next}, send those tokens in one request, then call {@link #accepted} or
 * {@link #refused}, until it {@link #isFinished}. A token counts as refused only when it was refused alone, so that no
 * answer, whatever it names, can get a valid token rejected; and every other token is accepted on the way.
 *
 * <p>The tokens of which nothing is known keep their order, and a question is always the first few of them. A group
 * that was refused is searched by its own first few: if they are accepted, the refused token is among the others of the
 * group; if they are refused, nothing is known of the others any more. A question has the size that makes both answers
 * equally likely. That follows from the tokens accepted and refused so far, by the rule of succession: after {@code a}
 * accepted and {@code r} refused ones the next is accepted with a chance of {@code (a + 5) : (a + 5 + r + 0.1)}. The
 * two constants express what is likely beforehand, one or two refused tokens among many, and were chosen by simulation.
 *
 * <p>A refused group costs a request beyond one a token; an accepted group saves some. Once {@link
 * SearchProgress#SPARE} more are lost than saved, tokens are tried one by one. A search therefore never takes more
 * requests than one a token plus these. Only if answers name the right token each time can it take two for each refused
 * token instead.
 *
 * <p>Tokens are compared by identity. Not thread-safe.
 */
final class RefusedTokenSearch<T> {
    /** After so many single-token refusals in a row the whole collection is taken to be refused. */
    static final int REFUSALS_IN_A_ROW = 3;

    /** An answer that names more tokens than this is treated as naming none. */
    static final int MAX_NAMED = 3;

    private static final double ACCEPTED_BEFOREHAND = 5;
    private static final double REFUSED_BEFOREHAND = 0.1;

    /** The tokens that are not decided yet, in the order given. */
    private final List<T> open;
    /** How many of the first open tokens are known to include a refused one; 0 if no such group is known. */
    private int suspects;
    /** Tokens that the last answer named, to be tried alone. */
    private final Deque<T> named = new ArrayDeque<>();

    private final List<T> accepted = new ArrayList<>();
    private final List<T> refusedAlone = new ArrayList<>();
    /** The question in flight; empty if there is none. */
    private List<T> asked = List.of();

    private int acceptedSoFar;
    private int refusedSoFar;
    private int refusedInARow;
    private boolean refusedUnnamed;
    private int spare;
    /** Whether a token that an answer named was accepted alone: from then on hints are ignored. */
    private boolean hintsWrong;
    /**
     * Whether the next question is all open tokens: the first request, and the rest once the named tokens were tried.
     */
    private boolean askAll;

    private boolean hasLearned;

    private RefusedTokenSearch(List<T> tokens, SearchProgress progress) {
        open = new ArrayList<>(tokens);
        named.addAll(open.subList(0, Math.min(progress.named(), open.size())));
        suspects = Math.min(progress.suspects(), open.size());
        askAll = progress.isAllNext();
        acceptedSoFar = progress.accepted();
        refusedSoFar = progress.refusedAlone();
        refusedInARow = progress.refusedInARow();
        refusedUnnamed = refusedInARow > 0;
        spare = progress.spare();
        hintsWrong = progress.hintsWrong();
    }

    /**
     * Begins a search in a request, which is itself the first question: if it was refused already, call {@link
     * #refused} next.
     */
    static <T> RefusedTokenSearch<T> of(List<T> request) {
        var search = new RefusedTokenSearch<T>(request, SearchProgress.BEGUN);
        search.askAll = true;
        search.next();
        return search;
    }

    /** Resumes a search with the tokens that it had left, in that order. */
    static <T> RefusedTokenSearch<T> resume(List<T> left, SearchProgress progress) {
        return new RefusedTokenSearch<>(left, progress);
    }

    /**
     * The tokens to send next in one request; none when the search is finished. Returns the same tokens until an answer
     * is reported: where none says anything about the tokens (429, 5xx, no answer), send them again later.
     */
    List<T> next() {
        if (asked.isEmpty() && !open.isEmpty()) {
            asked = named.isEmpty() ? List.copyOf(open.subList(0, size())) : List.of(named.getFirst());
            askAll &= asked.size() < open.size();
        }
        return asked;
    }

    /** Makes {@link #next} at most so many tokens, as the quota has no more left: one at least. */
    void askAtMost(int tokens) {
        if (asked.size() > tokens) {
            asked = List.copyOf(asked.subList(0, Math.max(1, tokens)));
        }
    }

    /** Reports that the tokens of {@link #next} were accepted. */
    void accepted() {
        List<T> taken = takeQuestion();
        acceptedSoFar += taken.size();
        refusedInARow = 0;
        refusedUnnamed = false;
        accepted.addAll(taken);
        if (named.isEmpty()) {
            spare += Math.max(0, taken.size() - 1);
        } else {
            hintsWrong = true;
            named.clear();
        }
        remove(taken); // the suspects that are left include the refused one
    }

    /** Reports that the tokens of {@link #next} were refused, and the answer named none of them. */
    void refused() {
        refused(List.of());
    }

    /**
     * Reports that the tokens of {@link #next} were refused.
     *
     * @param indexes of the tokens that the answer named, in {@link #next}; indexes outside it are ignored
     */
    void refused(Collection<Integer> indexes) {
        List<T> group = takeQuestion();
        if (group.size() == 1) {
            refusedAlone(group.getFirst());
            return;
        }
        suspects = group.size();
        spare--;
        List<Integer> places = indexes.stream()
                .distinct()
                .filter(index -> index >= 0 && index < group.size())
                .sorted()
                .toList();
        if (!hintsWrong && places.size() <= MAX_NAMED) {
            places.forEach(index -> named.add(group.get(index)));
        }
    }

    private void refusedAlone(T token) {
        refusedAlone.add(token);
        refusedSoFar++;
        boolean wasNamed = !named.isEmpty();
        if (!wasNamed || acceptedSoFar == 0) {
            // A token that an answer named says nothing about the others, unless nothing was accepted yet.
            refusedInARow++;
        }
        refusedUnnamed |= !wasNamed;
        if (wasNamed) {
            named.removeFirst();
            askAll = named.isEmpty();
        }
        if (remove(List.of(token)) > 0) {
            suspects = 0; // the refused one among them is found
        }
    }

    /** Removes tokens that are settled or in flight elsewhere, also from the question that was to be sent. */
    void withdraw(Collection<T> tokens) {
        Set<T> gone = IdentitySet.of(tokens);
        asked = asked.stream().filter(token -> !gone.contains(token)).toList();
        named.removeIf(gone::contains);
        if (remove(tokens) > 0) {
            suspects = 0; // the refused one may be among the removed ones
        }
    }

    /** Whether every token is accepted, refused alone, or withdrawn. */
    boolean isFinished() {
        return open.isEmpty();
    }

    /**
     * Whether so many tokens were refused alone since the last acceptance that the API seems to accept nothing of this
     * collection. Then wait before each further question, longer each time; each is one token that was not tried alone
     * yet. An acceptance ends this.
     */
    boolean isNothingAccepted() {
        // Tokens that an answer named are not enough: at least one must have been chosen without a hint.
        return refusedInARow >= REFUSALS_IN_A_ROW && refusedUnnamed;
    }

    /** The tokens that were refused alone, in that order. */
    List<T> refusedAlone() {
        return Collections.unmodifiableList(refusedAlone);
    }

    /** The tokens that were accepted, in that order. */
    List<T> acceptedTokens() {
        return Collections.unmodifiableList(accepted);
    }

    /** The tokens that are not decided yet, in the order given. */
    List<T> open() {
        return Collections.unmodifiableList(open);
    }

    /** Whether any answer was reported since it began or resumed. */
    boolean hasLearned() {
        return hasLearned;
    }

    /**
     * The tokens that are not decided yet: those that the last answer named first, then the others in the order given.
     */
    List<T> left() {
        Set<T> alone = IdentitySet.of(named);
        return Stream.concat(named.stream(), open.stream().filter(token -> !alone.contains(token)))
                .toList();
    }

    /** What is known about {@link #left}, to resume the search with. */
    SearchProgress progress() {
        return new SearchProgress(
                named.size(), suspects, askAll, acceptedSoFar, refusedSoFar, refusedInARow, spare, hintsWrong);
    }

    /** How many of the first open tokens the next question has. */
    private int size() {
        if (refusedInARow >= REFUSALS_IN_A_ROW) {
            return 1;
        }
        if (askAll) {
            return open.size();
        }
        if (spare <= 0) {
            return 1;
        }
        double[] chance = chancesOfAcceptance();
        return suspects > 0 ? ofSuspects(chance) : ofUnknown(chance);
    }

    /** For each number of tokens about which nothing is known, the chance that all of them are accepted. */
    private double[] chancesOfAcceptance() {
        var chance = new double[open.size() + 1];
        chance[0] = 1;
        double good = ACCEPTED_BEFOREHAND + acceptedSoFar;
        double all = good + REFUSED_BEFOREHAND + refusedSoFar;
        for (int i = 0; i < open.size(); i++) {
            chance[i + 1] = chance[i] * (good + i) / (all + i);
        }
        return chance;
    }

    /** As many as are accepted with a chance of at least one half. */
    private int ofUnknown(double[] chance) {
        int size = 1;
        while (size < open.size() && chance[size + 1] >= 0.5) {
            size++;
        }
        return size;
    }

    /** As many as are accepted with a chance closest to one half, given that not all suspects are. */
    private int ofSuspects(double[] chance) {
        int size = 1;
        while (size + 1 < suspects && fromHalf(chance, size + 1) <= fromHalf(chance, size)) {
            size++;
        }
        return size;
    }

    private double fromHalf(double[] chance, int size) {
        return Math.abs((chance[size] - chance[suspects]) / (1 - chance[suspects]) - 0.5);
    }

    private List<T> takeQuestion() {
        if (asked.isEmpty()) {
            throw new IllegalStateException("An answer was reported, but no question is in flight: call next() first.");
        }
        List<T> question = asked;
        asked = List.of();
        hasLearned = true;
        return question;
    }

    /** Removes tokens from the open ones, and returns how many of them were suspects. */
    private int remove(Collection<T> tokens) {
        Set<T> gone = IdentitySet.of(tokens);
        int before = suspects;
        for (T token : open.subList(0, before)) {
            suspects -= gone.contains(token) ? 1 : 0;
        }
        open.removeIf(gone::contains);
        return before - suspects;
    }
}
