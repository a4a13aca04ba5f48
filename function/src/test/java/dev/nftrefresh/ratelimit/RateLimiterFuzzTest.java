package dev.nftrefresh.ratelimit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nftrefresh.api.RefreshOutcome;
import dev.nftrefresh.api.RefreshOutcomeReader;
import dev.nftrefresh.api.ReportedQuota;
import dev.nftrefresh.ratelimit.RateLimiter.Denied;
import dev.nftrefresh.ratelimit.RateLimiter.Granted;
import dev.nftrefresh.ratelimit.RateLimiter.PermitRequest;
import dev.nftrefresh.table.InMemoryTable;
import dev.nftrefresh.table.ItemFields;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.update.CollectionId;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Whatever the answers report and the item holds, the rate limiter answers, and no wait is negative or endless. */
class RateLimiterFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Duration AT_MOST = Duration.ofSeconds(1);
    /**
     * A wait may have a return queue behind it, in which all requests of this test have places: at worst one a window.
     */
    private static final Duration LONGEST = Duration.ofDays(14);

    private static final SharedTable.ItemKey ITEM = new SharedTable.ItemKey("gate", "quota");
    private static final CollectionId SWORDS = new CollectionId("imtbl-zkevm-testnet", "0x" + "a".repeat(40));
    private static final CollectionId SHIELDS = new CollectionId("imtbl-zkevm-testnet", "0x" + "b".repeat(40));
    private static final List<PermitRequest> REQUESTS = List.of(
            new PermitRequest(SWORDS, 250, true, false, UpdateLane.LIVE),
            new PermitRequest(SWORDS, 3, false, false, UpdateLane.LIVE),
            new PermitRequest(SHIELDS, 120, true, true, UpdateLane.LIVE),
            new PermitRequest(SHIELDS, 250, true, false, UpdateLane.BULK),
            new PermitRequest(SHIELDS, 1, false, false, UpdateLane.BULK));

    private final InMemoryTable table = new InMemoryTable();

    @FuzzTest
    void itemIsReadOrReplaced(byte[] content) {
        table.write(List.of(new SharedTable.ConditionalWrite(ITEM, null, new String(content, UTF_8), null)), AT_MOST);
        RateLimiter limiter = limiter("a");
        Instant now = NOW;
        for (PermitRequest request : REQUESTS) {
            now = step(limiter, request, now, new RefreshOutcome.Accepted(ReportedQuota.UNKNOWN));
        }
        assertReadAgain();
    }

    /** One answer a line: how many seconds later, its status, and four values about the quota. */
    @FuzzTest
    void answersAreBelievedWithinBounds(byte[] answers) {
        RateLimiter limiter = limiter("a");
        Instant now = NOW;
        int place = 0;
        for (String line : (Iterable<String>) new String(answers, UTF_8).lines().limit(40)::iterator) {
            String[] parts = line.split("\\|", -1);
            now = now.plusMillis(Math.floorMod(parts[0].hashCode(), 1_000_000));
            now = step(limiter, REQUESTS.get(place++ % REQUESTS.size()), now, outcome(parts, now));
        }
        assertReadAgain();
    }

    private static RefreshOutcome outcome(String[] parts, Instant now) {
        HttpHeaders headers = HttpHeaders.of(
                Map.of(
                        "imx-refreshes-limit", List.of(part(parts, 2)),
                        "imx-remaining-refreshes", List.of(part(parts, 3)),
                        "imx-refresh-limit-reset", List.of(part(parts, 4)),
                        "retry-after", List.of(part(parts, 5))),
                (_, _) -> true);
        String status = part(parts, 1);
        int code = status.matches("[1-9]\\d{2}") ? Integer.parseInt(status) : 202;
        return RefreshOutcomeReader.read(code, headers, new byte[0], "the-api-key", now);
    }

    private static String part(String[] parts, int index) {
        return index < parts.length ? parts[index] : "";
    }

    private Instant step(RateLimiter limiter, PermitRequest request, Instant now, RefreshOutcome outcome) {
        limiter.scheduleReturns(REQUESTS, now, AT_MOST)
                .forEach(wait -> assertThat(wait).isBetween(Duration.ZERO, LONGEST));
        assertThat(limiter.health(now, AT_MOST).failuresInARow()).isNotNegative();
        return switch (limiter.tryAcquire(request, now, AT_MOST)) {
            case RateLimiter.AwaitSharedCall(Duration retryIn, Duration interval, var _) -> {
                assertThat(retryIn).isBetween(Duration.ofNanos(1), LONGEST);
                assertThat(interval).isBetween(Duration.ZERO, LONGEST);
                yield now.plus(retryIn);
            }
            case Denied(Duration retryIn, var _) -> {
                assertThat(retryIn).isBetween(Duration.ofNanos(1), LONGEST);
                yield now.plus(retryIn);
            }
            case Granted(var permit, int tokens) -> {
                assertThat(tokens).isBetween(1, 250);
                assertThat(limiter.recordOutcome(permit, outcome, now, AT_MOST)).isNotNegative();
                yield now;
            }
        };
    }

    /** The table holds what the rate limiter wrote last, which another copy must be able to read. */
    private void assertReadAgain() {
        SharedTable.TableItem item = table.read(List.of(ITEM), AT_MOST).found().get(ITEM);
        if (item != null) {
            var state = new RateLimiterState(
                    new RateLimiterSettings(5, QuotaUnit.AUTO, 20), "copy", ItemFields.of(item.content()));
            assertThat(state.health().failuresInARow()).isNotNegative();
        }
    }

    private RateLimiter limiter(String copy) {
        return new TableRateLimiter(table, new RateLimiterSettings(5, QuotaUnit.AUTO, 20), copy);
    }
}
