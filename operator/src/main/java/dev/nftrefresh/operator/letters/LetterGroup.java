package dev.nftrefresh.operator.letters;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/** Letters of one reason and one collection. */
final class LetterGroup {
    /** Of those that differ, so many are shown. */
    private static final int MOST_DETAILS = 3;
    /** The queues' {@code MessageRetentionPeriod} in the template; SQS counts it from {@code SentTimestamp}. */
    private static final Duration KEPT = Duration.ofDays(14);

    /** What is equal for all of a group's letters. */
    record Key(LetterReason reason, String collection) {}

    private final Key key;
    private final Set<LetterDestination> to = new TreeSet<>();
    private final Set<String> details = new LinkedHashSet<>();
    private long letters;
    private long tokens;
    private long otherDetails;
    private Instant firstSeen = Instant.MAX;

    LetterGroup(Key key) {
        this.key = key;
    }

    void add(ReceivedDeadLetter letter, LetterQueues queues) {
        letters++;
        tokens += letter.subject().tokens();
        to.add(letter.destination(queues));
        if (letter.sentAt().isBefore(firstSeen)) {
            firstSeen = letter.sentAt();
        }
        String detail = letter.detail();
        if (!detail.isEmpty() && !details.contains(detail)) {
            if (details.size() < MOST_DETAILS) {
                details.add(detail);
            } else {
                otherDetails++;
            }
        }
    }

    Key key() {
        return key;
    }

    long letters() {
        return letters;
    }

    /** In the letters that could be read. */
    long tokens() {
        return tokens;
    }

    /** Where its letters came from, and go back to. */
    Set<LetterDestination> to() {
        return to;
    }

    /** The first few that differ. */
    Set<String> details() {
        return details;
    }

    /** Letters whose detail is none of these. */
    long otherDetails() {
        return otherDetails;
    }

    Instant firstSeen() {
        return firstSeen;
    }

    /** When SQS deletes the first of them. */
    Instant keptUntil() {
        return firstSeen.plus(KEPT);
    }
}
