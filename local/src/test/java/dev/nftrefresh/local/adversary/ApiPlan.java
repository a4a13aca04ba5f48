package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.adversary.PlannedToken.TokenFault;
import dev.nftrefresh.local.api.QuotaRefill;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import dev.nftrefresh.seeded.ChoiceSequence;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the API is like.
 *
 * @param limit of a window, in its unit
 * @param perSecond what the limiter in front lets through, 0 if there is none
 * @param percentUnheard requests that are accepted, and whose answer is lost
 * @param appliedWithin after the acceptance, in any order
 * @param hint what the message of a 400 says of the token that it is about
 * @param echoesKey whether answers that are no acceptance repeat the key
 * @param poisonStays whether a token that the API cannot handle makes it fail for ever
 * @param rotation when the key is replaced, and how much later the secret has the new one; null if it is not
 */
record ApiPlan(
        int limit,
        Duration window,
        QuotaRefill refill,
        StandInQuotaUnit unit,
        int perSecond,
        QuotaFormat form,
        List<ApiTrouble> troubles,
        int percentUnheard,
        Duration appliedWithin,
        RefusalHint hint,
        boolean echoesKey,
        boolean poisonStays,
        @Nullable HistoryPeriod rotation) {
    static final int TOKENS_A_REQUEST = 250;
    private static final int FEW_TOKENS_A_REQUEST = 13;

    /** What a 400 says of the token that it is about. */
    enum RefusalHint {
        NONE,
        INDEX_IN_BRACKETS,
        INDEX_BETWEEN_DOTS,
        TOKEN_ID,
        WRONG_INDEX,
        WRONG_TOKEN_ID,
        UNKNOWN_DETAILS
    }

    /** Whether an update makes the API fail, before or after the world is well. */
    boolean poisons(TokenFault fault, boolean well) {
        boolean poison = fault == TokenFault.POISONOUS || fault == TokenFault.REFUSED_WITHOUT_CODE;
        return poison && (!well || poisonStays);
    }

    static ApiPlan drawn(ChoiceSequence choices, int collections) {
        StandInQuotaUnit unit = choices.weighted(3, 1) == 0 ? StandInQuotaUnit.REQUEST : StandInQuotaUnit.TOKEN;
        int requests = choices.oneOf(677, 4, 20, 100);
        // Few tokens for each: the smallest window has not enough for one full request.
        int tokens = unit == StandInQuotaUnit.TOKEN && choices.chance(1, 4) ? FEW_TOKENS_A_REQUEST : TOKENS_A_REQUEST;
        return new ApiPlan(
                unit == StandInQuotaUnit.REQUEST ? requests : requests * tokens,
                choices.oneOf(Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(8)),
                choices.oneOf(QuotaRefill.values()),
                unit,
                choices.weighted(3, 1) == 0 ? 0 : choices.between(1, 5),
                QuotaFormat.drawn(choices),
                choices.weighted(2, 3) == 0
                        ? List.of()
                        : choices.listOf(0, 3, each -> ApiTrouble.drawn(each, collections)),
                choices.weighted(3, 1) == 0 ? 0 : choices.oneOf(2, 10, 30),
                choices.weighted(5, 1) == 0 ? Duration.ZERO : Duration.ofMillis(choices.between(1_000, 9_500)),
                choices.oneOf(RefusalHint.values()),
                choices.chance(1, 8),
                choices.flip(),
                choices.weighted(5, 1) == 0 ? null : HistoryPeriod.drawn(choices, Duration.ofHours(6)));
    }
}
