package dev.nftrefresh.operator.letters;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** What a redrive has done so far. */
final class RedriveResult {
    /** Letters of one reason that went to one queue. */
    record Went(LetterReason reason, LetterDestination to) implements Comparable<Went> {
        @Override
        public int compareTo(Went other) {
            int byReason = reason.compareTo(other.reason);
            return byReason == 0 ? to.compareTo(other.to) : byReason;
        }
    }

    /** Letters of one reason that stay for one cause. */
    record Stayed(LetterReason reason, StayReason why) implements Comparable<Stayed> {
        @Override
        public int compareTo(Stayed other) {
            int byReason = reason.compareTo(other.reason);
            return byReason == 0 ? why.compareTo(other.why) : byReason;
        }
    }

    private final boolean dryRun;
    private final SortedMap<Went, Long> went = new TreeMap<>();
    private final SortedMap<Stayed, Long> stayed = new TreeMap<>();
    private final SortedMap<String, Long> unsent = new TreeMap<>();
    private final SortedMap<String, Long> undeleted = new TreeMap<>();
    private final SortedMap<String, Long> hidden = new TreeMap<>();
    private long read;
    private long unmatched;
    private UnreadLetterCounts left = UnreadLetterCounts.NONE;
    private boolean interrupted;
    private @Nullable Instant startedAt;
    private @Nullable SdkException failure;

    RedriveResult(boolean dryRun) {
        this.dryRun = dryRun;
    }

    void started(Instant at) {
        startedAt = at;
    }

    void read(long letters) {
        read += letters;
    }

    void unmatched() {
        unmatched++;
    }

    void went(ReceivedDeadLetter letter, LetterDestination to) {
        went.merge(new Went(letter.reason(), to), 1L, Long::sum);
    }

    void stays(ReceivedDeadLetter letter, StayReason why) {
        stayed.merge(new Stayed(letter.reason(), why), 1L, Long::sum);
    }

    void unsent(String why) {
        unsent.merge(why, 1L, Long::sum);
    }

    void undeleted(String why) {
        undeleted.merge(why, 1L, Long::sum);
    }

    void hidden(String why, long letters) {
        hidden.merge(why, letters, Long::sum);
    }

    void left(UnreadLetterCounts inOneQueue) {
        left = left.plus(inOneQueue);
    }

    void interrupt() {
        interrupted = true;
    }

    void fail(SdkException e) {
        failure = e;
    }

    boolean dryRun() {
        return dryRun;
    }

    /** By reason and queue: sent and deleted, or sent and not deleted; in a dry run what would be. */
    SortedMap<Went, Long> went() {
        return went;
    }

    SortedMap<Stayed, Long> stayed() {
        return stayed;
    }

    /** By what SQS said of it: letters that it did not take, and that stay. */
    SortedMap<String, Long> unsent() {
        return unsent;
    }

    /** By what SQS said of it: letters that went and are still there. */
    SortedMap<String, Long> undeleted() {
        return undeleted;
    }

    /** By what SQS said of it: letters that could not be given back at once. */
    SortedMap<String, Long> hidden() {
        return hidden;
    }

    long letters() {
        return total(went);
    }

    /** Letters that were looked at. */
    long read() {
        return read;
    }

    /** Letters that the options exclude. */
    long unmatchedLetters() {
        return unmatched;
    }

    UnreadLetterCounts left() {
        return left;
    }

    boolean interrupted() {
        return interrupted;
    }

    /** Letters that are as young as this stay; null if it was not begun. */
    @Nullable
    Instant startedAt() {
        return startedAt;
    }

    /** What ended it early; null if nothing did. */
    @Nullable
    SdkException failure() {
        return failure;
    }

    static long total(SortedMap<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
