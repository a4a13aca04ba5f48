package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.adversary.ApiPlan.Hint;
import dev.nftrefresh.local.api.QuotaUnit;
import dev.nftrefresh.local.api.Refill;
import dev.nftrefresh.seeded.Choices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A world in which nothing goes wrong, to which a theme adds what it is about. */
final class PlainWorld {
    private int limit = 677;
    private Duration window = Duration.ofHours(1);
    private Refill refill = Refill.WINDOW;
    private QuotaUnit unit = QuotaUnit.REQUEST;
    private int perSecond;
    private QuotaForm form = QuotaForm.AS_SEEN;
    private final List<ApiTrouble> troubles = new ArrayList<>();
    private int percentUnheard;
    private Duration appliedWithin = Duration.ZERO;
    private Hint hint = Hint.NONE;
    private boolean poisonStays;
    private final List<TableTrouble> table = new ArrayList<>();
    private CopyPlan copies = CopyPlan.steady(2);
    private QueuePlan queues = QueuePlan.STEADY;

    PlainWorld quota(int requests, Duration each, Refill comesBack) {
        limit = requests;
        window = each;
        refill = comesBack;
        return this;
    }

    /** The quota counts tokens, and is enough for so many requests that are full. */
    PlainWorld countsTokens() {
        unit = QuotaUnit.TOKEN;
        return this;
    }

    PlainWorld inFront(int requestsASecond) {
        perSecond = requestsASecond;
        return this;
    }

    PlainWorld form(QuotaForm written) {
        form = written;
        return this;
    }

    PlainWorld trouble(ApiTrouble trouble) {
        troubles.add(trouble);
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

    PlainWorld hint(Hint said) {
        hint = said;
        return this;
    }

    PlainWorld poisonStays() {
        poisonStays = true;
        return this;
    }

    PlainWorld table(TableTrouble trouble) {
        table.add(trouble);
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

    FaultPlan faults(Choices choices) {
        var api = new ApiPlan(
                unit == QuotaUnit.TOKEN ? limit * ApiPlan.TOKENS_A_REQUEST : limit,
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
        return new FaultPlan(choices.between(0L, Integer.MAX_VALUE), api, table, copies, queues);
    }
}
