package dev.nftrefresh.local.adversary;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.local.adversary.PlannedToken.TokenFault;
import dev.nftrefresh.local.api.QuotaRefill;
import dev.nftrefresh.seeded.ChoiceSequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Themes about what becomes of tokens. */
final class TokenThemes {
    private TokenThemes() {}

    /** Updates are accepted, long nothing comes of their tokens, and then an export of a year ago. */
    static HistoryPlan oldExport(ChoiceSequence choices) {
        Duration quiet = Duration.ofDays(choices.oneOf(50, 20, 80));
        var messages = List.of(
                PlannedMessage.plain(Duration.ZERO, 0, PlannedToken.good(0, 3)),
                PlannedMessage.plain(quiet, 0, PlannedToken.good(0, 3)).aged(Duration.ofDays(365)));
        return FaultTheme.plan(choices, 1, messages, new PlainWorld(), HistoryBounds.NONE.requests(3));
    }

    /**
     * The table fails just when an acceptance must be written, copies are replaced, and an older update arrives days
     * later.
     */
    static HistoryPlan acceptanceNotWrittenDown(ChoiceSequence choices) {
        var fails = new HistoryPeriod(
                Duration.ofMillis(choices.between(5_020, 5_320)), Duration.ofSeconds(choices.between(20, 600)));
        var world = new PlainWorld()
                .table(new TableTrouble(TableTrouble.TroubleKind.FAILS, fails, 100))
                .copies(new CopyPlan(choices.between(1, 2), 0, 0, 100, 0, Duration.ZERO, RefreshRequestLimits.TOKENS));
        var messages = List.of(
                PlannedMessage.plain(Duration.ZERO, 0, PlannedToken.good(0, 2)),
                PlannedMessage.plain(Duration.ofHours(choices.between(26, 72)), 0, PlannedToken.good(0, 2))
                        .aged(Duration.ofDays(5)));
        return FaultTheme.plan(choices, 1, messages, world, HistoryBounds.NONE);
    }

    /**
     * Updates of the same tokens come seconds apart, and are applied in any order within the time between two of them.
     */
    static HistoryPlan updatesInARow(ChoiceSequence choices) {
        var world = inARow().appliedWithin(Duration.ofMillis(9_900))
                .copies(new CopyPlan(
                        choices.between(2, 4), 0, 0, 0, 0, CopyPlan.TOLERATED, RefreshRequestLimits.TOKENS));
        return FaultTheme.plan(choices, 1, inARow(choices, 4, 1, 6), world, HistoryBounds.NONE);
    }

    /**
     * Requests fail or get no answer, and are applied all the same, later than the next update comes; possibly the API
     * then refuses for a moment what it applied.
     */
    static HistoryPlan appliedThoughFailed(ChoiceSequence choices) {
        var world = inARow().copies(CopyPlan.steady(choices.between(2, 4)))
                .trouble(new ApiTrouble(
                        choices.oneOf(
                                OddAnswer.INTERNAL_ERROR_APPLIED_A_MINUTE_LATE,
                                OddAnswer.APPLIED_A_MINUTE_LATE,
                                OddAnswer.NO_ANSWER_ALTHOUGH_APPLIED),
                        new HistoryPeriod(Duration.ZERO, Duration.ofMinutes(20)),
                        ApiTrouble.ALL,
                        choices.oneOf(50, 100),
                        choices.oneOf(3, 1, 2, 6)));
        if (choices.weighted(3, 1) == 1) {
            world.trouble(new ApiTrouble(
                    OddAnswer.EVERYTHING_REFUSED,
                    new HistoryPeriod(Duration.ZERO, Duration.ofMinutes(20)),
                    ApiTrouble.ALL,
                    100,
                    choices.between(1, 4)));
        }
        List<PlannedMessage> messages = inARow(choices, 2, 3, 40);
        // One that was overtaken on its way.
        messages.add(PlannedMessage.plain(Duration.ofSeconds(choices.between(10, 600)), 0, PlannedToken.good(0, 6))
                .aged(Duration.ofHours(1)));
        return FaultTheme.plan(choices, 1, messages, world, HistoryBounds.NONE);
    }

    /** The quota is so large that nothing is held back. */
    private static PlainWorld inARow() {
        return new PlainWorld().quota(100_000, Duration.ofHours(1), QuotaRefill.WINDOW);
    }

    private static List<PlannedMessage> inARow(ChoiceSequence choices, int times, int nearest, int furthest) {
        Duration apart = Duration.ofSeconds(choices.between(nearest, furthest));
        var messages = new ArrayList<PlannedMessage>();
        for (int i = 0; i < times; i++) {
            messages.add(PlannedMessage.plain(Duration.ofMinutes(5L * i), 0, PlannedToken.good(3 * i, 3))
                    .followedBy(2, apart));
        }
        return messages;
    }

    /** Many tokens of a message are refused, and requests are few. */
    static HistoryPlan search(ChoiceSequence choices) {
        int tokens = choices.between(30, 80);
        int everyOther = choices.oneOf(8, 4, 2);
        var world = new PlainWorld().copies(CopyPlan.steady(choices.between(2, 4)));
        if (choices.flip()) {
            world.quota(4, Duration.ofMinutes(1), QuotaRefill.WINDOW);
        } else {
            world.inFront(choices.between(1, 2));
        }
        // All over the message, or the first or the last of it, as the tokens of a file that is sorted by id.
        int place = choices.below(3);
        int wrong = tokens / everyOther;
        var refused = new ArrayList<PlannedToken>();
        for (int i = 0; i < tokens; i++) {
            boolean isRefused = switch (place) {
                case 0 -> i % everyOther == 1;
                case 1 -> i < wrong;
                default -> i >= tokens - wrong;
            };
            refused.add(new PlannedToken(i, isRefused ? TokenFault.REFUSED : TokenFault.NONE));
        }
        int times = choices.between(1, 2);
        var messages = List.of(PlannedMessage.plain(Duration.ZERO, 0, refused).sentTimes(times));
        // Of eleven in a row, eight are rejected because one was accepted before, and three return unrejected.
        int again = place == 0 ? 0 : 3 * times * ((wrong + 10) / 11);
        return FaultTheme.plan(
                choices,
                1,
                messages,
                world,
                HistoryBounds.NONE
                        .requests(tokens + 25 + (times - 1) * tokens * 3 / 4 + 2L * again)
                        .throttled(14 + tokens / 6)
                        .repeatedRefusals(3 + again));
    }

    /** Many tokens of one collection are refused, while another needs all of the quota. */
    static HistoryPlan searchBesideOthers(ChoiceSequence choices) {
        int refused = choices.between(15, 25);
        var world = new PlainWorld()
                .quota(5, Duration.ofMinutes(1), choices.oneOf(QuotaRefill.WINDOW, QuotaRefill.STEADY))
                .copies(CopyPlan.steady(choices.between(2, 4)));
        var withRefused = new ArrayList<>(PlannedToken.with(TokenFault.REFUSED, 0, refused));
        withRefused.addAll(PlannedToken.good(refused, 2 * refused));
        var messages = new ArrayList<PlannedMessage>();
        messages.add(PlannedMessage.plain(Duration.ZERO, 0, withRefused));
        for (int i = 0; i < 15; i++) {
            messages.add(PlannedMessage.plain(
                    Duration.ZERO, 1, PlannedToken.good(i * ApiPlan.TOKENS_A_REQUEST, ApiPlan.TOKENS_A_REQUEST)));
        }
        // Of five requests a minute the search leaves it four, so that the last of 15 go in the fourth window. It takes
        // one a token and a few more, however few of them go in each window.
        return FaultTheme.plan(
                choices,
                2,
                messages,
                world,
                HistoryBounds.NONE.requests(40 + 4L * refused).liveWait(1, Duration.ofSeconds(270)));
    }

    /** One token of a message makes every request with it fail, while the API works for others. */
    static HistoryPlan poisonAmongInnocents(ChoiceSequence choices) {
        var tokens = new ArrayList<>(PlannedToken.good(1, choices.between(5, 30)));
        tokens.add(new PlannedToken(0, choices.oneOf(TokenFault.POISONOUS, TokenFault.REFUSED_WITHOUT_CODE)));
        var messages = new ArrayList<PlannedMessage>();
        messages.add(PlannedMessage.plain(Duration.ZERO, 0, tokens));
        for (int i = 0; i < 150; i++) {
            messages.add(PlannedMessage.plain(Duration.ofSeconds(20L * i), 1, PlannedToken.good(i % 50, 1)));
        }
        return FaultTheme.plan(
                choices,
                2,
                messages,
                new PlainWorld().poisonStays(),
                HistoryBounds.NONE.liveWait(Duration.ofMinutes(40)));
    }

    /**
     * The API is down for days, and one update of a message fails for ever: it continues in a message of its own once
     * the others are accepted, and is given up no later for it.
     */
    static HistoryPlan failsUntilExpired(ChoiceSequence choices) {
        var tokens = new ArrayList<>(PlannedToken.with(TokenFault.POISONOUS, 0, 1));
        tokens.addAll(PlannedToken.good(1, choices.between(1, 6)));
        var messages = new ArrayList<PlannedMessage>();
        messages.add(PlannedMessage.plain(Duration.ZERO, 0, tokens));
        for (int day = 0; day < 14; day++) {
            messages.add(PlannedMessage.plain(Duration.ofDays(day), 1, PlannedToken.good(day, 1)));
        }
        var down = new HistoryPeriod(Duration.ZERO, Duration.ofDays(choices.between(1, 3)));
        var world = new PlainWorld()
                .poisonStays()
                .trouble(new ApiTrouble(OddAnswer.UNAVAILABLE, down, ApiTrouble.ALL, 100, Integer.MAX_VALUE));
        return FaultTheme.plan(
                choices,
                2,
                messages,
                world,
                HistoryBounds.NONE.expiredAge(Duration.ofDays(13).plusHours(1)));
    }

    /** Most messages are of a producer that is broken or malicious, and a few good ones come with them. */
    static HistoryPlan hostileProducer(ChoiceSequence choices) {
        List<PlannedMessage> messages = choices.listOf(
                3,
                12,
                each -> PlannedMessage.plain(
                                Duration.ofSeconds(each.below(20)), 0, PlannedToken.good(each.below(10), 2))
                        .hostile(each.weighted(1, 3) == 0 ? HostileContent.NONE : each.oneOf(HostileContent.values())));
        return FaultTheme.plan(
                choices, 1, messages, new PlainWorld(), HistoryBounds.NONE.liveWait(Duration.ofMinutes(2)));
    }
}
