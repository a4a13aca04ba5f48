package dev.nftrefresh.local.adversary;

import dev.nftrefresh.seeded.ChoiceSequence;
import java.time.Duration;
import java.util.List;

/**
 * A message that a producer sends.
 *
 * @param age how long before it was sent its updates were made
 * @param times it is sent so often, each time with the same content
 * @param hostile what is wrong with it as a whole
 * @param filler characters that each of its tokens is longer by; 17,000 are more than the API takes
 * @param newer messages that follow with newer updates of the same tokens
 * @param newerAfter each so long after the one before
 * @param bulk whether it lies in the queue of what came out of files
 * @param forged whether it has the message attributes that only the stack writes
 */
record PlannedMessage(
        Duration at,
        int collection,
        List<PlannedToken> tokens,
        VersionPlace version,
        Duration age,
        int times,
        HostileContent hostile,
        boolean forged,
        boolean bulk,
        int filler,
        int newer,
        Duration newerAfter) {
    private static final Duration YEAR = Duration.ofDays(365);

    /** Where the message says how old its updates are. */
    enum VersionPlace {
        MESSAGE,
        TOKEN,
        NOWHERE
    }

    /** A live message in which nothing is odd, of updates made when it is sent. */
    static PlannedMessage plain(Duration at, int collection, List<PlannedToken> tokens) {
        return new PlannedMessage(
                at,
                collection,
                tokens,
                VersionPlace.MESSAGE,
                Duration.ZERO,
                1,
                HostileContent.NONE,
                false,
                false,
                0,
                0,
                Duration.ZERO);
    }

    PlannedMessage aged(Duration before) {
        return new PlannedMessage(
                at, collection, tokens, version, before, times, hostile, forged, bulk, filler, newer, newerAfter);
    }

    PlannedMessage sentTimes(int often) {
        return new PlannedMessage(
                at, collection, tokens, version, age, often, hostile, forged, bulk, filler, newer, newerAfter);
    }

    PlannedMessage hostile(HostileContent what) {
        return new PlannedMessage(
                at, collection, tokens, version, age, times, what, forged, bulk, filler, newer, newerAfter);
    }

    PlannedMessage outOfAFile() {
        return new PlannedMessage(
                at, collection, tokens, version, age, times, hostile, forged, true, filler, newer, newerAfter);
    }

    PlannedMessage longerBy(int characters) {
        return new PlannedMessage(
                at, collection, tokens, version, age, times, hostile, forged, bulk, characters, newer, newerAfter);
    }

    PlannedMessage followedBy(int messages, Duration apart) {
        return new PlannedMessage(
                at, collection, tokens, version, age, times, hostile, forged, bulk, filler, messages, apart);
    }

    /** When the last of them is sent. */
    Duration lastAt() {
        return at.plus(newerAfter.multipliedBy(newer));
    }

    static PlannedMessage drawn(ChoiceSequence choices, int collections, boolean large) {
        Duration at = choices.weighted(30, 1) == 0
                ? HistoryPeriod.duration(choices, Duration.ofHours(6))
                : Duration.ofDays(choices.oneOf(2, 15, 50));
        int collection = choices.below(collections);
        List<PlannedToken> tokens = large ? PlannedToken.many(choices) : PlannedToken.few(choices);
        VersionPlace version = choices.weighted(3, 1, 1) == 0
                ? VersionPlace.MESSAGE
                : choices.oneOf(VersionPlace.TOKEN, VersionPlace.NOWHERE);
        Duration age = choices.weighted(9, 1) == 0 ? HistoryPeriod.duration(choices, Duration.ofDays(5)) : YEAR;
        int times = version == VersionPlace.NOWHERE || choices.weighted(5, 1) == 0 ? 1 : 2;
        HostileContent hostile =
                choices.weighted(24, 1) == 0 ? HostileContent.NONE : choices.oneOf(HostileContent.values());
        return new PlannedMessage(
                at,
                collection,
                tokens,
                version,
                age,
                times,
                hostile,
                choices.chance(1, 20),
                choices.weighted(4, 1) == 1,
                choices.weighted(6, 1) == 0 ? 0 : large ? choices.oneOf(700, 2_500) : choices.oneOf(15_000, 17_000),
                choices.weighted(4, 1) == 0 ? 0 : choices.between(1, 3),
                Duration.ofSeconds(choices.between(3, 20)));
    }
}
