package dev.nftrefresh.local.adversary;

import dev.nftrefresh.local.adversary.PlannedToken.TokenFault;
import dev.nftrefresh.local.api.StandInQuotaUnit;
import java.time.Duration;

/** How long everything may take to be settled once the world is well, whatever the history left behind. */
final class SettlingTime {
    /** The longest that something waits for itself: a probe of a quota that lied, and the growing waits of a message. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(5);

    /** A file is loaded twice at most, and each of its messages delivered twice. */
    private static final int DELIVERIES = 4;

    private static final Duration DAY = Duration.ofDays(1);
    /** The longest wait of a collection of which nothing is accepted, and what bulk adds to it. */
    private static final Duration WAIT = Duration.ofMinutes(16);

    private static final Duration WAIT_AFTER_A_DAY =
            Duration.ofMinutes(150); // an hour, for a token that may be tried twice

    private static final int TOKENS_A_REQUEST = 250;
    private static final int REQUESTS_A_REFUSED_TOKEN = 12;
    /** One queue leaves a share of the quota to the other, and what is partly filled waits for its turn. */
    private static final int SLACK = 3;

    private SettlingTime() {}

    static Duration of(HistoryPlan plan) {
        ApiPlan api = plan.faults().api();
        long requests = requests(plan);
        long each = api.unit() == StandInQuotaUnit.TOKEN ? TOKENS_A_REQUEST : 1;
        long windows = 1 + (SLACK * requests * each + api.limit() - 1) / api.limit();
        return LONGEST_WAIT.plus(api.window().multipliedBy(windows)).plus(oneByOne(DELIVERIES * refused(plan)));
    }

    /** Where nothing of a collection is accepted, its refused tokens go one by one, a growing wait apart. */
    private static Duration oneByOne(long refused) {
        Duration all = WAIT.multipliedBy(refused);
        return all.compareTo(DAY) < 0 ? all : DAY.plus(WAIT_AFTER_A_DAY.multipliedBy(refused - DAY.dividedBy(WAIT)));
    }

    /** Updates that the API refuses or that make it fail, as often as they may come. */
    static long refused(HistoryPlan plan) {
        long refused = 0;
        for (PlannedMessage message : plan.producer().messages()) {
            refused += (1L + message.newer()) * message.times() * refused(message.tokens());
        }
        for (PlannedFile file : plan.producer().files()) {
            refused += 2 * refused(file.tokens());
        }
        return refused;
    }

    /** Those that it takes if nothing goes wrong but the search for refused tokens. */
    static long requests(HistoryPlan plan) {
        long tokens = 0;
        long refused = 0;
        for (PlannedMessage message : plan.producer().messages()) {
            tokens += (1L + message.newer()) * message.tokens().size();
            refused += (1L + message.newer()) * refused(message.tokens());
        }
        for (PlannedFile file : plan.producer().files()) {
            tokens += 2L * file.tokens().size();
            refused += 2 * refused(file.tokens());
        }
        return plan.producer().messages().size()
                + plan.producer().files().size() * 2L
                + tokens / TOKENS_A_REQUEST
                + refused * REQUESTS_A_REFUSED_TOKEN;
    }

    private static long refused(Iterable<PlannedToken> tokens) {
        long refused = 0;
        for (PlannedToken token : tokens) {
            refused += token.fault() == TokenFault.NONE || token.fault() == TokenFault.INVALID ? 0 : 1;
        }
        return refused;
    }
}
