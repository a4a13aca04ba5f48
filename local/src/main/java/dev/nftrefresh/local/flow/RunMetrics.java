package dev.nftrefresh.local.flow;

import dev.nftrefresh.telemetry.RefreshMetrics;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what all copies of the function do. */
final class RunMetrics implements RefreshMetrics {
    private final Map<TokenOutcomeKind, LongAdder> tokens = new EnumMap<>(TokenOutcomeKind.class);
    private final Map<RequestOutcomeKind, LongAdder> requests = new EnumMap<>(RequestOutcomeKind.class);
    private final Map<RequestOutcomeKind, LongAdder> tokensSent = new EnumMap<>(RequestOutcomeKind.class);
    private final LongAccumulator largestRequestTokens = new LongAccumulator(Math::max, 0);
    private final LongAccumulator largestRequestBytes = new LongAccumulator(Math::max, 0);
    private final LongAccumulator largestTokenBytes = new LongAccumulator(Math::max, 0);

    private volatile Runnable keyRefused = () -> {};

    RunMetrics() {
        for (TokenOutcomeKind tokenOutcome : TokenOutcomeKind.values()) {
            tokens.put(tokenOutcome, new LongAdder());
        }
        for (RequestOutcomeKind end : RequestOutcomeKind.values()) {
            requests.put(end, new LongAdder());
            tokensSent.put(end, new LongAdder());
        }
    }

    @Override
    public void tokens(TokenOutcomeKind tokenOutcome, int count) {
        adder(tokens, tokenOutcome).add(count);
    }

    @Override
    public void request(RequestOutcomeKind end, int tokensInIt, int bytes, int largestToken) {
        adder(requests, end).increment();
        adder(tokensSent, end).add(tokensInIt);
        largestRequestTokens.accumulate(tokensInIt);
        largestRequestBytes.accumulate(bytes);
        largestTokenBytes.accumulate(largestToken);
    }

    @Override
    public void deadLetters(int count) {
        // The dead-letter queue itself has the number: it also gets those that SQS moved there.
    }

    @Override
    public void quota(@Nullable Long limit, @Nullable Long remaining) {
        // Each answer's line in the log says it; a run has no figure for it.
    }

    @Override
    public void oldestUpdate(Duration age) {
        // A run ends when nothing waits any more, and its seconds show how long that took.
    }

    @Override
    public void oldestBulkUpdate(Duration age) {
        // Neither does that of a bulk file.
    }

    @Override
    public void problem(OperatorProblem problem) {
        if (problem == OperatorProblem.KEY_REFUSED) {
            keyRefused.run();
        }
    }

    /** From now on this is run whenever the API refuses the key, and the secret holds no other one. */
    void whenKeyRefused(Runnable listener) {
        keyRefused = listener;
    }

    long tokens(TokenOutcomeKind tokenOutcome) {
        return adder(tokens, tokenOutcome).sum();
    }

    long requests(RequestOutcomeKind end) {
        return adder(requests, end).sum();
    }

    /** Tokens in the requests that were accepted. */
    long tokensInAcceptedRequests() {
        return adder(tokensSent, RequestOutcomeKind.ACCEPTED).sum();
    }

    /** The same divided by the number of these requests. */
    double tokensPerRequest() {
        long accepted = requests(RequestOutcomeKind.ACCEPTED);
        return accepted == 0 ? 0 : (double) tokensInAcceptedRequests() / accepted;
    }

    long requests() {
        return requests.values().stream().mapToLong(LongAdder::sum).sum();
    }

    long largestRequestTokens() {
        return largestRequestTokens.get();
    }

    long largestRequestBytes() {
        return largestRequestBytes.get();
    }

    long largestTokenBytes() {
        return largestTokenBytes.get();
    }

    private static <K extends Enum<K>> LongAdder adder(Map<K, LongAdder> adders, K key) {
        LongAdder adder = adders.get(key);
        if (adder == null) {
            throw new IllegalStateException("No counter for " + key + ".");
        }
        return adder;
    }
}
