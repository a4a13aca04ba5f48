package dev.nftrefresh.dispatch;

import dev.nftrefresh.queue.SearchProgress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The search for the tokens that make Immutable refuse a request: it answers 400 {@code VALIDATION_ERROR} for all of them
 * and need not say which. Ask {@link #next}, send those tokens in one request, then tell {@link #accepted} or {@link
 * #refused}, until it {@link #isFinished}. A token is found refused only when it was refused alone, so that no answer,
 * whatever it names, can get an innocent token rejected; and every other token is accepted on the way.
 *
 * <p>The tokens of which nothing is known keep their order, and a question is always the first few of them. A group that
 * was refused is searched by its own first few: if they are accepted, the refused token is among the others of the group;
 * if they are refused, of the others nothing is known any more. How many are asked is what makes both answers equally
 * likely. That follows from the tokens accepted and refused so far, by the rule of succession: after {@code a} accepted
 * and {@code r} refused ones the next is accepted with a chance of {@code (a + 5) : (a + 5 + r + 0.1)}. The two constants
 * stand for what is likely beforehand, one or two refused tokens of many, and were chosen by simulation.
 *
 * <p>Groups that are refused cost requests beyond one a token, groups that are accepted save some. When {@link SearchProgress#SPARE}
 * more are lost than saved, tokens are asked one by one. Therefore a search never takes more requests than it has tokens
 * and these. Only answers that name the right token each time may make it two for each refused token instead.
 *
 * <p>The tokens are told apart by identity. Not for use by several threads.
 */
final class RefusedTokenSearch<T> {
    /** Lone refusals in a row from which on one may take the whole collection to be refused. */
    static final int REFUSALS_IN_A_ROW = 3;

    /** An answer that names more tokens than these names none. */
    static final int MOST_NAMED = 3;

    private static final double ACCEPTED_BEFOREHAND = 5;
    private static final double REFUSED_BEFOREHAND = 0.1;

    /** What is not decided yet, in the order given. */
    private final List<T> open;
    /** So many of the first open ones are known to have a refused one among them; 0 if that is known of none. */
    private int suspects;
    /** Named by the last answer, to be asked alone. */
    private final Deque<T> named = new ArrayDeque<>();

    private final List<T> accepted = new ArrayList<>();
    private final List<T> refusedAlone = new ArrayList<>();
    /** The question under way; empty if there is none. */
    private List<T> asked = List.of();

    private int acceptedSoFar;
    private int refusedSoFar;
    private int refusedInARow;
    private boolean refusedUnnamed;
    private int spare;
    /** Whether a token that an answer named was accepted alone: then no answer is believed any more. */
    private boolean hintsWrong;
    /** Whether all that is open goes next: the first request, and what is left without those that an answer named. */
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

    /** A search in a request, which is itself the first question: if it was refused already, tell {@link #refused} next. */
    static <T> RefusedTokenSearch<T> of(List<T> request) {
        var search = new RefusedTokenSearch<T>(request, SearchProgress.BEGUN);
        search.askAll = true;
        search.next();
        return search;
    }

    /** Goes on with the tokens that a search had left, in that order. */
    static <T> RefusedTokenSearch<T> resume(List<T> left, SearchProgress progress) {
        return new RefusedTokenSearch<>(left, progress);
    }

    /**
     * The tokens to send next in one request; none when the search is finished. The same again until an answer is told:
     * where there was none that says anything of the tokens (429, 5xx, no answer), ask later.
     */
    List<T> next() {
        if (asked.isEmpty() && !open.isEmpty()) {
            asked = named.isEmpty() ? List.copyOf(open.subList(0, size())) : List.of(named.getFirst());
            askAll &= asked.size() < open.size();
        }
        return asked;
    }

    /** The tokens of {@link #next} were taken. */
    void accepted() {
        List<T> taken = ended();
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
        remove(taken); // of suspects those that are left have the refused one among them
    }

    /** The tokens of {@link #next} were refused, and the answer named none of them. */
    void refused() {
        refused(List.of());
    }

    /**
     * The tokens of {@link #next} were refused.
     *
     * @param indexes those that the answer named, as their places in {@link #next}; what is no place there is left out
     */
    void refused(Collection<Integer> indexes) {
        List<T> group = ended();
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
        if (!hintsWrong && places.size() <= MOST_NAMED) {
            places.forEach(index -> named.add(group.get(index)));
        }
    }

    private void refusedAlone(T token) {
        refusedAlone.add(token);
        refusedSoFar++;
        boolean wasNamed = !named.isEmpty();
        if (!wasNamed || acceptedSoFar == 0) {
            // One that an answer named says nothing of the others, unless there is no sign yet that any is accepted.
            refusedInARow++;
        }
        refusedUnnamed |= !wasNamed;
        if (wasNamed) {
            named.removeFirst();
            askAll = named.isEmpty();
        }
        if (remove(List.of(token)) > 0) {
            suspects = 0; // the one that was among them is found
        }
    }

    /** Takes tokens out that are settled or under way elsewhere; also out of the question that was to be sent. */
    void withdraw(Collection<T> tokens) {
        Set<T> gone = identities(tokens);
        asked = asked.stream().filter(token -> !gone.contains(token)).toList();
        named.removeIf(gone::contains);
        if (remove(tokens) > 0) {
            suspects = 0; // the refused one may be among those that went
        }
    }

    /** Whether every token is accepted, refused alone, or withdrawn. */
    boolean isFinished() {
        return open.isEmpty();
    }

    /**
     * Whether so many tokens were refused alone since the last acceptance that the API seems to accept nothing of this
     * collection. Then wait before each further question, longer each time; each is one token that was not tried alone
     * yet. An acceptance ends it.
     */
    boolean isNothingAccepted() {
        // Those that an answer named do not do: there must be one that was picked without its word.
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

    /** The tokens of which nothing is decided yet, in the order given. */
    List<T> open() {
        return Collections.unmodifiableList(open);
    }

    /** Whether an answer told it anything since it began or went on. */
    boolean hasLearned() {
        return hasLearned;
    }

    /** The tokens of which nothing is decided yet, those first that the last answer named, and then in the order given. */
    List<T> left() {
        Set<T> alone = identities(named);
        return Stream.concat(named.stream(), open.stream().filter(token -> !alone.contains(token)))
                .toList();
    }

    /** What is known of {@link #left}, to go on with it. */
    SearchProgress progress() {
        return new SearchProgress(
                named.size(), suspects, askAll, acceptedSoFar, refusedSoFar, refusedInARow, spare, hintsWrong);
    }

    /** How many of the first open tokens to ask. */
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

    /** For each number of tokens of which nothing is known, the chance that all of them are accepted. */
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

    /** As many as are accepted with a chance of a half at least. */
    private int ofUnknown(double[] chance) {
        int size = 1;
        while (size < open.size() && chance[size + 1] >= 0.5) {
            size++;
        }
        return size;
    }

    /** As many as are accepted with a chance next to a half, given that not all suspects are. */
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

    private List<T> ended() {
        if (asked.isEmpty()) {
            throw new IllegalStateException("An answer was told, but no question is under way: ask next() first.");
        }
        List<T> ended = asked;
        asked = List.of();
        hasLearned = true;
        return ended;
    }

    /** Takes tokens off what is open, and says how many of them were suspects. */
    private int remove(Collection<T> tokens) {
        Set<T> gone = identities(tokens);
        int before = suspects;
        for (T token : open.subList(0, before)) {
            suspects -= gone.contains(token) ? 1 : 0;
        }
        open.removeIf(gone::contains);
        return before - suspects;
    }

    private Set<T> identities(Collection<T> tokens) {
        Set<T> identities = Collections.newSetFromMap(new IdentityHashMap<>());
        identities.addAll(tokens);
        return identities;
    }
}
