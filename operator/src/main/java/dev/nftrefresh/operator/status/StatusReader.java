package dev.nftrefresh.operator.status;

import dev.nftrefresh.operator.DeployedStack;
import dev.nftrefresh.operator.LogSearch;
import dev.nftrefresh.operator.OperatorClients;
import dev.nftrefresh.operator.OperatorException;
import dev.nftrefresh.operator.QueueDepth;
import dev.nftrefresh.operator.ReadOnlyTable;
import dev.nftrefresh.operator.ReadableTime;
import dev.nftrefresh.ratelimit.QuotaUnit;
import dev.nftrefresh.ratelimit.RateLimiterStatus;
import dev.nftrefresh.table.SharedTable;
import dev.nftrefresh.table.TableUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudformation.model.StackResource;

/** Asks AWS for all that there is to say of a stack. */
final class StatusReader {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String MAPPING = "AWS::Lambda::EventSourceMapping";
    /** An alarm on it ends so long after its last sign. */
    private static final Duration KEY_TROUBLE_LASTS = Duration.ofMinutes(90);
    /** Fewer units may be one request under way. */
    private static final long LEAST_OF_OTHERS = 5;
    /** What goes within the first and the last period of five minutes is not exact. */
    private static final int PART_OF_OTHERS = 10;

    private final DeployedStack stack;
    private final OperatorClients clients;
    private final InstantSource clock;
    private final DeadLetterReasons reasons;

    StatusReader(DeployedStack stack, OperatorClients clients, InstantSource clock, DeadLetterReasons reasons) {
        this.stack = stack;
        this.clients = clients;
        this.clock = clock;
        this.reasons = reasons;
    }

    StackStatus read() throws InterruptedException {
        Instant now = clock.instant();
        boolean paused = stack.parameter("Processing").equals("paused");
        var metrics = StackMetrics.read(clients.cloudWatch(), stack, now);
        var table = new ReadOnlyTable(clients.dynamoDb(), stack.output("TableName"));
        RateLimiterStatus limiter = limiter(table, now);
        DeadLetterCounts letters = deadLetters();
        var concerns = new ArrayList<OperatorConcern>();
        concerns.addAll(key(limiter, metrics, now));
        if (metrics.lastSign("CollectionRefused") != null || metrics.lastSign("RequestRefused") != null) {
            concerns.addAll(RefusedCollectionSearch.concerns(log(), table, now));
        }
        List<String> known = concerns.stream().map(OperatorConcern::name).toList();
        StackAlarms.Alarms alarms = StackAlarms.read(clients.cloudWatch(), stack, letters);
        alarms.active().stream().filter(alarm -> !known.contains(alarm.name())).forEach(concerns::add);
        concerns.addAll(letters(letters, concerns));
        if (!paused) {
            concerns.addAll(switchedOff());
        }
        concerns.sort(StackAlarms.BY_URGENCY);
        return new StackStatus(
                stack.name(),
                stack.parameter("EnvironmentName"),
                now,
                paused,
                QueueStatus.readAll(stack, clients.sqs(), metrics, clock),
                limiter,
                spentByOthers(limiter, metrics),
                metrics.acceptedInLastHour(),
                metrics.tokensPerMessage(),
                letters,
                BulkFileReports.unfinished(clients.s3(), stack.output("BulkBucketName"), now),
                alarms.ending(),
                List.copyOf(concerns));
    }

    private RateLimiterStatus limiter(SharedTable table, Instant now) {
        try {
            return RateLimiterStatus.read(table, quotaUnit(stack), now, PATIENCE);
        } catch (TableUnavailableException e) {
            throw new OperatorException(String.valueOf(e.getMessage()), e);
        }
    }

    private static QuotaUnit quotaUnit(DeployedStack stack) {
        String setting = stack.parameter("QuotaUnit").toUpperCase(Locale.ROOT);
        return Stream.of(QuotaUnit.values())
                .filter(unit -> unit.name().equals(setting))
                .findFirst()
                .orElse(QuotaUnit.AUTO);
    }

    private DeadLetterCounts deadLetters() throws InterruptedException {
        long updates = letters(stack.output("DeadLetterQueueUrl"));
        long files = letters(stack.output("BulkDeadLetterQueueUrl"));
        return new DeadLetterCounts(
                updates, files, updates == 0 ? Map.of() : new TreeMap<>(reasons.count(stack, clients)));
    }

    /** With those that somebody is just reading. */
    private long letters(String url) {
        return QueueDepth.read(clients.sqs(), url, clock).messages();
    }

    /** The alarms come minutes later, and stay on for hours after a key was replaced. */
    private static List<OperatorConcern> key(RateLimiterStatus limiter, StackMetrics metrics, Instant now) {
        Instant refused = metrics.lastSign("KeyRefused");
        Instant failed = limiter.lastFailedAt();
        if (limiter.failuresInARow() == 0
                || failed == null
                || refused == null
                || refused.isBefore(now.minus(KEY_TROUBLE_LASTS))) {
            return List.of();
        }
        return List.of(new OperatorConcern(
                "key-refused",
                null,
                "Immutable refuses the API key (401; the last time at %s): nothing is sent, and every update waits. Put a valid key of this environment into the secret; no deploy is needed."
                        .formatted(ReadableTime.past(failed, now)),
                false));
    }

    private static List<OperatorConcern> letters(DeadLetterCounts letters, List<OperatorConcern> known) {
        var concerns = new ArrayList<OperatorConcern>();
        if (letters.updates() > 0
                && known.stream().noneMatch(concern -> concern.name().equals("dead-letters"))) {
            concerns.add(new OperatorConcern(
                    "dead-letters",
                    null,
                    "Updates were rejected and will not reach Immutable by themselves. Read their reasons with dead-letters list, fix the cause, then send them again with dead-letters redrive.",
                    false));
        }
        if (letters.files() > 0
                && known.stream().noneMatch(concern -> concern.name().equals("bulk-files"))) {
            concerns.add(new OperatorConcern(
                    "bulk-files",
                    null,
                    "A bulk file was given up: its loader failed again and again. Read the loader's log, fix the cause, then send its notice again with dead-letters redrive.",
                    false));
        }
        return concerns;
    }

    /** Somebody may have switched a queue off by hand, of which the stack's parameter knows nothing. */
    private List<OperatorConcern> switchedOff() {
        List<String> off = clients
                .cloudFormation()
                .describeStackResources(describe -> describe.stackName(stack.name()))
                .stackResources()
                .stream()
                .filter(resource -> resource.resourceType().equals(MAPPING))
                .filter(this::isSwitchedOff)
                .map(StackResource::logicalResourceId)
                .toList();
        return off.isEmpty()
                ? List.of()
                : List.of(new OperatorConcern(
                        "pause-and-go-on",
                        null,
                        "The stack is not paused, but somebody switched off the event source mapping %s by hand, so its queue is not read. Switch it on with pause, then resume."
                                .formatted(String.join(" and ", off)),
                        false));
    }

    private boolean isSwitchedOff(StackResource mapping) {
        String state = clients.lambda()
                .getEventSourceMapping(get -> get.uuid(mapping.physicalResourceId()))
                .state();
        return state.equals("Disabled") || state.equals("Disabling");
    }

    private @Nullable Long spentByOthers(RateLimiterStatus limiter, StackMetrics metrics) {
        if (limiter.limit() == null || limiter.remaining() == null || limiter.windowBegan() == null) {
            return null;
        }
        Long own = metrics.spentSince(limiter.windowBegan(), limiter.tokensCount());
        if (own == null) {
            return null;
        }
        long others = limiter.limit() - limiter.remaining() - own;
        return others >= Math.max(LEAST_OF_OTHERS, limiter.limit() / PART_OF_OTHERS) ? (Long) others : null;
    }

    private LogSearch log() {
        return new LogSearch(clients.logs(), stack.output("RefreshLogGroupName"), clock, PATIENCE);
    }
}
