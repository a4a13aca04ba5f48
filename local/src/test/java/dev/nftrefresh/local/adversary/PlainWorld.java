package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.adversary.ApiPlan.RefusalHint;
import dev.nftrefresh.local.api.QuotaRefill;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import dev.nftrefresh.seeded.ChoiceSequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A world in which nothing goes wrong, to which a theme adds what it is about. */
final class PlainWorld {
    private int limit = 677;
    private Duration window = Duration.ofHours(1);
    private QuotaRefill refill = QuotaRefill.WINDOW;
    private StandInQuotaUnit unit = StandInQuotaUnit.REQUEST;
    private int perSecond;
    private QuotaFormat form = QuotaFormat.AS_SEEN;
    private final List<ApiTrouble> troubles = new ArrayList<>();
    private int percentUnheard;
    private Duration appliedWithin = Duration.ZERO;
    private RefusalHint hint = RefusalHint.NONE;
    private boolean poisonStays;
    private final List<TableTrouble> table = new ArrayList<>();
    private CopyPlan copies = CopyPlan.steady(2);
    private QueuePlan queues = QueuePlan.STEADY;

    PlainWorld quota(int requests, Duration each, QuotaRefill comesBack) {
        limit = requests;
        window = each;
        refill = comesBack;
        return this;
    }

    /** The quota counts tokens, and is enough for so many requests that are full. */
    PlainWorld countsTokens() {
        unit = StandInQuotaUnit.TOKEN;
        return this;
    }

    PlainWorld inFront(int requestsASecond) {
        perSecond = requestsASecond;
        return this;
    }

    PlainWorld form(QuotaFormat written) {
        form = written;
        return this;
    }

    PlainWorld trouble(ApiTrouble problem) {
        troubles.add(problem);
        return this;
    }

    PlainWorld percentUnheard(int percent) {
        percentUnheard = percent;
        return this;
    }

    PlainWorld appliedWithin(Duration latest) {
        appliedWithin = latest;
        return this;
    }

    PlainWorld hint(RefusalHint said) {
        hint = said;
        return this;
    }

    PlainWorld poisonStays() {
        poisonStays = true;
        return this;
    }

    PlainWorld table(TableTrouble problem) {
        table.add(problem);
        return this;
    }

    PlainWorld copies(CopyPlan plan) {
        copies = plan;
        return this;
    }

    PlainWorld queues(QueuePlan plan) {
        queues = plan;
        return this;
    }

    FaultPlan faults(ChoiceSequence choices) {
        var api = new ApiPlan(
                unit == StandInQuotaUnit.TOKEN ? limit * ApiPlan.TOKENS_A_REQUEST : limit,
                window,
                refill,
                unit,
                perSecond,
                form,
                troubles,
                percentUnheard,
                appliedWithin,
                hint,
                false,
                poisonStays,
                null);
        return new FaultPlan(
                choices.between(0L, Integer.MAX_VALUE), api, table, copies.withDeferredLookup(choices), queues);
    }
}
