package dev.nftrefresh.local.adversary;

import dev.nftrefresh.seeded.ChoiceSequence;
import java.util.List;
import java.util.function.Function;

/** Faults that need several things at once, which are hardly ever drawn together: each theme draws them so. */
enum FaultTheme {
    QUOTA_WITHOUT_RESET(QuotaThemes::quotaWithoutReset),
    BULK_BESIDE_LIVE(QuotaThemes::bulkBesideLive),
    PLAIN_DAY(QuotaThemes::plainDay),
    MANY_COPIES(QuotaThemes::manyCopies),
    WAITING_UPDATES(QuotaThemes::waitingUpdates),
    BACKLOG_OF_DAYS(QuotaThemes::backlogOfDays),
    ONE_ODD_ANSWER(QuotaThemes::oneOddAnswer),
    OUTAGE_OF_DAYS(QuotaThemes::outageOfDays),
    OLD_EXPORT(TokenThemes::oldExport),
    ACCEPTANCE_NOT_WRITTEN_DOWN(TokenThemes::acceptanceNotWrittenDown),
    UPDATES_IN_A_ROW(TokenThemes::updatesInARow),
    APPLIED_THOUGH_FAILED(TokenThemes::appliedThoughFailed),
    SEARCH(TokenThemes::search),
    SEARCH_BESIDE_OTHERS(TokenThemes::searchBesideOthers),
    POISON_AMONG_INNOCENTS(TokenThemes::poisonAmongInnocents),
    HOSTILE_PRODUCER(TokenThemes::hostileProducer),
    FAILS_UNTIL_EXPIRED(TokenThemes::failsUntilExpired);

    @SuppressWarnings("ImmutableEnumChecker") // each is a function of the choices alone
    private final Function<ChoiceSequence, HistoryPlan> draw;

    FaultTheme(Function<ChoiceSequence, HistoryPlan> draw) {
        this.draw = draw;
    }

    HistoryPlan drawn(ChoiceSequence choices) {
        return draw.apply(choices);
    }

    /** In one of four histories some other faults are there as well, and only what holds for any is asked of it. */
    static HistoryPlan plan(
            ChoiceSequence choices,
            int collections,
            List<PlannedMessage> messages,
            PlainWorld world,
            HistoryBounds bounds) {
        boolean plain = choices.weighted(3, 1) == 0;
        if (!plain) {
            world.copies(CopyPlan.drawn(choices)).queues(QueuePlan.drawn(choices));
        }
        var producer = new ProducerPlan(collections, choices.note("messages", messages), List.of());
        return new HistoryPlan(
                producer, choices.note("faults", world.faults(choices)), plain ? bounds : HistoryBounds.NONE);
    }
}
