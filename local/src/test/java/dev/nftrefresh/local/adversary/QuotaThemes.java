package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.adversary.PlannedToken.TokenFault;
import dev.nftrefresh.local.adversary.QuotaFormat.CountFormat;
import dev.nftrefresh.local.adversary.QuotaFormat.QuotaLocation;
import dev.nftrefresh.local.adversary.QuotaFormat.TimeFormat;
import dev.nftrefresh.local.api.QuotaRefill;
import dev.nftrefresh.seeded.ChoiceSequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Themes about what goes when. */
final class QuotaThemes {
    private static final Duration OFTEN = Duration.ofSeconds(15);

    /** Of a token's 16 KiB; escaped once more, among the waiting updates, it is twice as long. */
    private static final int LONG = 15_900;

    private static final int LONG_TOKENS_A_REQUEST = 13;

    private QuotaThemes() {}

    /**
     * Answers report limit and remaining, but no plausible end of the window, and bulk uses up all but the reserve, or
     * live updates use up everything.
     */
    static HistoryPlan quotaWithoutReset(ChoiceSequence choices) {
        int limit = choices.oneOf(4, 20);
        var form = new QuotaFormat(
                choices.oneOf(
                        TimeFormat.ABSENT,
                        TimeFormat.GARBAGE,
                        TimeFormat.PAST,
                        TimeFormat.DAY_AWAY,
                        TimeFormat.YEAR_AWAY),
                choices.oneOf(TimeFormat.AS_SEEN, TimeFormat.ABSENT, TimeFormat.DAY_AWAY),
                CountFormat.AS_SEEN,
                choices.oneOf(QuotaLocation.HEADERS, QuotaLocation.BODY),
                false);
        var world = new PlainWorld()
                .quota(limit, choices.oneOf(Duration.ofMinutes(1), Duration.ofHours(1)), QuotaRefill.WINDOW)
                .form(form);
        var messages = new ArrayList<PlannedMessage>();
        Duration apart = Duration.ofSeconds(choices.between(10, 200));
        boolean isBulk = choices.flip();
        for (int i = 0; i < limit + 4; i++) {
            PlannedMessage message = PlannedMessage.plain(apart.multipliedBy(i), 0, PlannedToken.good(i * 3, 2));
            messages.add(isBulk ? message.outOfAFile() : message);
        }
        return FaultTheme.plan(choices, 1, messages, world, HistoryBounds.NONE);
    }

    /**
     * Live updates come one by one, while a backlog out of files waits for the same quota, which refills steadily; of
     * another collection, or of the same tokens, of which they are newer.
     */
    static HistoryPlan bulkBesideLive(ChoiceSequence choices) {
        int limit = choices.oneOf(4, 20);
        Duration window = Duration.ofMinutes(choices.oneOf(1, 5));
        var world = new PlainWorld()
                .quota(limit, window, QuotaRefill.STEADY)
                .copies(CopyPlan.steady(choices.between(1, 4)));
        int collection = choices.oneOf(1, 0);
        var messages = new ArrayList<PlannedMessage>();
        for (int i = 0; i < 20; i++) {
            messages.add(PlannedMessage.plain(Duration.ZERO, 0, PlannedToken.good(i * 250, 250))
                    .outOfAFile());
        }
        // A refused one must not delay those that bulk's calls include; on its own, a search has a fifth
        // of the quota.
        boolean isShared = collection == 0 && window.dividedBy(limit).compareTo(OFTEN) <= 0;
        int refused = isShared ? choices.oneOf(-1, 2, 7) : -1;
        for (int i = 0; i < 20; i++) {
            TokenFault fault = i % 10 == refused ? TokenFault.REFUSED : TokenFault.NONE;
            messages.add(PlannedMessage.plain(Duration.ofSeconds(20L * i), collection, PlannedToken.with(fault, i, 1)));
        }
        // A fifth of a quota that gives a call in 75 s at the slowest, and the time of one more.
        return FaultTheme.plan(choices, 2, messages, world, HistoryBounds.NONE.liveWait(Duration.ofSeconds(450)));
    }

    /** Nothing at all goes wrong: what is sent is what the updates need, and next to nothing is refused. */
    static HistoryPlan plainDay(ChoiceSequence choices) {
        int limit = choices.oneOf(4, 20, 100);
        Duration window = Duration.ofMinutes(choices.oneOf(60, 1, 10));
        var world = new PlainWorld()
                .quota(limit, window, choices.oneOf(QuotaRefill.WINDOW, QuotaRefill.STEADY))
                .copies(CopyPlan.steady(choices.between(1, 4)));
        int collections = choices.between(1, 3);
        var messages = new ArrayList<PlannedMessage>();
        int count = choices.between(5, 40);
        int seconds = (int) window.multipliedBy(2).toSeconds();
        for (int i = 0; i < count; i++) {
            int tokens = choices.weighted(3, 1, 1) == 0 ? choices.between(1, 5) : choices.oneOf(250, 100, 30);
            PlannedMessage message = PlannedMessage.plain(
                    Duration.ofSeconds(choices.below(seconds)),
                    choices.below(collections),
                    PlannedToken.good(choices.below(3) * 250, tokens));
            messages.add(choices.weighted(3, 1) == 0 ? message : message.outOfAFile());
        }
        int windows = count / limit;
        return FaultTheme.plan(
                choices,
                collections,
                messages,
                world,
                HistoryBounds.NONE
                        .throttled(3)
                        .requests(count + sentSoonAgain(messages) + 6)
                        .receives(8 + windows)
                        .liveWait(window.multipliedBy(2 + windows)));
    }

    /**
     * Messages with tokens that another one had seconds before: these tokens wait for their interval, and the others go
     * at once.
     */
    private static int sentSoonAgain(List<PlannedMessage> messages) {
        Duration soon = Duration.ofSeconds(15); // the interval between two updates of a token is 10 s
        return (int) messages.stream()
                .filter(later -> messages.stream()
                                .filter(other -> other.collection() == later.collection()
                                        && other.tokens().getFirst().token()
                                                == later.tokens().getFirst().token()
                                        && other.at().compareTo(later.at()) <= 0
                                        && other.at().plus(soon).compareTo(later.at()) >= 0)
                                .count()
                        > 1) // it is one of them
                .count();
    }

    /** Many copies begin at once, and the table is throttled. */
    static HistoryPlan manyCopies(ChoiceSequence choices) {
        int copies = choices.between(20, 40);
        var world = new PlainWorld()
                .quota(100_000, Duration.ofHours(1), QuotaRefill.WINDOW) // so that nothing is held back
                .copies(CopyPlan.steady(copies))
                .table(new TableTrouble(
                        choices.oneOf(TableTrouble.TroubleKind.THROTTLED, TableTrouble.TroubleKind.FAILS),
                        new HistoryPeriod(Duration.ZERO, Duration.ofMinutes(1)),
                        choices.oneOf(20, 50, 80)));
        var messages = new ArrayList<PlannedMessage>();
        for (int i = 0; i < 3 * copies; i++) {
            messages.add(PlannedMessage.plain(Duration.ofMillis(i * 50L), i % 3, PlannedToken.good(i, 1)));
        }
        return FaultTheme.plan(
                choices, 3, messages, world, HistoryBounds.NONE.inTwoSeconds(14).throttled(0));
    }

    /**
     * The quota is nearly used up, so that partly filled requests are held back, and wait for others to include them.
     */
    static HistoryPlan waitingUpdates(ChoiceSequence choices) {
        var world = new PlainWorld()
                .quota(4, Duration.ofMinutes(10), QuotaRefill.WINDOW)
                .copies(CopyPlan.steady(choices.between(1, 4)));
        if (choices.flip()) {
            world.countsTokens();
        }
        boolean isLong = choices.flip();
        int most = isLong ? LONG_TOKENS_A_REQUEST : 250;
        var messages = new ArrayList<PlannedMessage>();
        for (int i = 0; i < 12; i++) {
            int tokens = choices.flip() ? most : choices.between(1, most);
            messages.add(PlannedMessage.plain(Duration.ofSeconds(7L * i), 0, PlannedToken.good(i * 250, tokens))
                    .longerBy(isLong ? LONG : 0));
        }
        return FaultTheme.plan(
                choices,
                1,
                messages,
                world,
                HistoryBounds.NONE.throttled(0).receives(8).liveWait(Duration.ofMinutes(30)));
    }

    /**
     * A backlog of full requests that the quota needs more than a day for, twice as long as SQS hides a message; or
     * half a day, under a limit that is believed after one window.
     */
    static HistoryPlan backlogOfDays(ChoiceSequence choices) {
        int limit = choices.oneOf(1, 2, 5);
        int windows = limit < 5 ? choices.between(26, 32) : choices.between(10, 13);
        var world = new PlainWorld()
                .quota(limit, Duration.ofHours(1), choices.oneOf(QuotaRefill.WINDOW, QuotaRefill.STEADY))
                .copies(CopyPlan.steady(choices.between(1, 2)));
        boolean isBulk = choices.flip();
        boolean oneIsInvalid =
                choices.flip(); // then the others continue in a message of their own, after 15 minutes at most
        var messages = new ArrayList<PlannedMessage>();
        for (int i = 0; i < limit * windows; i++) {
            List<PlannedToken> tokens = new ArrayList<>(PlannedToken.good(i * 250, 250));
            if (oneIsInvalid) {
                tokens.addAll(PlannedToken.with(TokenFault.INVALID, i * 250, 1));
            }
            PlannedMessage message = PlannedMessage.plain(Duration.ofSeconds(i), 0, tokens);
            messages.add(isBulk ? message.outOfAFile() : message);
        }
        return FaultTheme.plan(
                choices, 1, messages, world, HistoryBounds.NONE.liveWait(Duration.ofHours(windows + 3L)));
    }

    /**
     * A backlog has waited for hours when the first answer that it gets is one of something that is odd for a moment.
     */
    static HistoryPlan oneOddAnswer(ChoiceSequence choices) {
        Duration paused = Duration.ofHours(choices.oneOf(26, 2));
        var world = new PlainWorld()
                .queues(new QueuePlan(0, 0, 0, 0, List.of(new HistoryPeriod(Duration.ZERO, paused)), null, null))
                .trouble(new ApiTrouble(
                        choices.oneOf(OddAnswer.FORBIDDEN, OddAnswer.UNKNOWN_COLLECTION),
                        new HistoryPeriod(paused, Duration.ofMinutes(1)),
                        ApiTrouble.ALL,
                        100,
                        choices.between(1, 2)));
        List<PlannedMessage> messages = choices.listOf(
                1,
                6,
                each -> PlannedMessage.plain(
                        Duration.ofSeconds(each.below(600)), 0, PlannedToken.good(each.below(20), 3)));
        return FaultTheme.plan(choices, 1, messages, world, HistoryBounds.NONE);
    }

    /** The API, the limiter in front or the key is of no use for days, and some messages wait for it. */
    static HistoryPlan outageOfDays(ChoiceSequence choices) {
        OddAnswer answer = choices.oneOf(
                OddAnswer.THROTTLED_IN_FRONT,
                OddAnswer.KEY_REFUSED,
                OddAnswer.FORBIDDEN,
                OddAnswer.FORBIDDEN_BY_A_FIREWALL,
                OddAnswer.NOT_FOUND_PAGE,
                OddAnswer.EVERYTHING_REFUSED,
                OddAnswer.UNAVAILABLE);
        Duration lasts = Duration.ofHours(choices.between(30, 12 * 24));
        var world = new PlainWorld()
                .trouble(new ApiTrouble(
                        answer, new HistoryPeriod(Duration.ZERO, lasts), ApiTrouble.ALL, 100, Integer.MAX_VALUE));
        // Of the others each message finds out for itself, however rarely it comes back.
        boolean closesGate = answer == OddAnswer.THROTTLED_IN_FRONT || answer == OddAnswer.KEY_REFUSED;
        int count = choices.between(1, closesGate ? 12 : 6);
        var messages = new ArrayList<PlannedMessage>();
        for (int i = 0; i < count; i++) {
            messages.add(PlannedMessage.plain(Duration.ofSeconds(100L * i), 0, PlannedToken.good(i, 1)));
        }
        long hours = lasts.toHours();
        return FaultTheme.plan(
                choices,
                1,
                messages,
                world,
                (closesGate ? HistoryBounds.NONE.requests(100 + 8 * hours) : HistoryBounds.NONE)
                        .receives(170 + 2 * hours));
    }
}
