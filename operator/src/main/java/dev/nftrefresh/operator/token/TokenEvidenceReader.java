package dev.nftrefresh.operator.token;

import dev.nftrefresh.collection.CollectionRefusalStore;
import dev.nftrefresh.ledger.TokenStatus;
import dev.nftrefresh.operator.DeployedStack;
import dev.nftrefresh.operator.LogSearch;
import dev.nftrefresh.operator.OperatorClients;
import dev.nftrefresh.operator.OperatorException;
import dev.nftrefresh.operator.ReadOnlyTable;
import dev.nftrefresh.operator.status.WaitingMessages;
import dev.nftrefresh.ratelimit.QuotaUnit;
import dev.nftrefresh.ratelimit.RateLimiterStatus;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.TableUnavailableException;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.waiting.TableWaitingUpdateStore;
import dev.nftrefresh.waiting.WaitingUpdateStore.WaitingUpdates;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the table, the log and the queues of a stack about a token. */
final class TokenEvidenceReader {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Of each of two searches. A person waits no longer for an answer that the table mostly has already. */
    private static final Duration SEARCH = Duration.ofSeconds(15);
    /** So long the log is kept. */
    private static final Duration LOG_KEPT = Duration.ofDays(30);

    private final DeployedStack stack;
    private final OperatorClients clients;
    private final InstantSource clock;

    TokenEvidenceReader(DeployedStack stack, OperatorClients clients, InstantSource clock) {
        this.stack = stack;
        this.clients = clients;
        this.clock = clock;
    }

    TokenEvidence read(TokenKey token) {
        Instant now = clock.instant();
        boolean paused = stack.parameter("Processing").equals("paused");
        var table = new ReadOnlyTable(clients.dynamoDb(), stack.output("TableName"));
        TokenStatus ledger = ledger(table, token);
        RateLimiterStatus limiter = limiter(table, now);
        WaitingMessages waiting = WaitingMessages.read(stack, clients, paused, now);
        var log = new LogSearch(clients.logs(), stack.output("RefreshLogGroupName"), clock, SEARCH);
        return new TokenEvidence(
                token,
                now,
                !stack.parameter("LatestWins").equals("disabled"),
                paused,
                ledger,
                waiting(table, token),
                new CollectionRefusalStore(table)
                        .read(List.of(token.collection()), PATIENCE)
                        .get(token.collection()),
                limiter,
                TokenLog.search(log, token, since(ledger, now)),
                waiting.count(),
                waiting.through(),
                tokenInterval());
    }

    private static TokenStatus ledger(SharedTable table, TokenKey token) {
        try {
            return TokenStatus.read(table, token, PATIENCE);
        } catch (TableUnavailableException e) {
            throw new OperatorException(String.valueOf(e.getMessage()), e);
        }
    }

    private static RateLimiterStatus limiter(SharedTable table, Instant now) {
        try {
            return RateLimiterStatus.read(table, QuotaUnit.AUTO, now, PATIENCE);
        } catch (TableUnavailableException e) {
            throw new OperatorException(String.valueOf(e.getMessage()), e);
        }
    }

    private @Nullable WaitingUpdate waiting(SharedTable table, TokenKey token) {
        WaitingUpdates waitingUpdates =
                new TableWaitingUpdateStore(table, "operator", clock).find(token.collection(), PATIENCE);
        return waitingUpdates.updates().stream()
                .filter(update -> update.key().equals(token))
                .map(TokenUpdate::version)
                .max(Comparator.naturalOrder())
                .map(version -> new WaitingUpdate(version, waitingUpdates.reservedSendTime()))
                .orElse(null);
    }

    /** Log lines from before an acceptance in the ledger are not needed. */
    private static Instant since(TokenStatus ledger, Instant now) {
        Instant kept = now.minus(LOG_KEPT);
        return ledger.accepted() == null || ledger.accepted().at().isBefore(kept)
                ? kept
                : ledger.accepted().at();
    }

    private Duration tokenInterval() {
        String seconds = stack.parameter("TokenIntervalSeconds");
        return seconds.matches("[0-9]{1,4}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }
}
