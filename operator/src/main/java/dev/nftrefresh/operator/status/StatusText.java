package dev.nftrefresh.operator.status;

import static dev.nftrefresh.operator.ReadableTime.count;
import static dev.nftrefresh.operator.ReadableTime.number;

import dev.nftrefresh.operator.ReadableTime;
import dev.nftrefresh.operator.TerminalOutput;
import dev.nftrefresh.operator.TextReport;
import dev.nftrefresh.operator.TextReport.Tone;
import dev.nftrefresh.ratelimit.RateLimiterStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A status for people. */
final class StatusText {
    private static final String NONE = "-";
    /** Fewer are met by the function's own retries within a minute. */
    private static final int API_IS_DOWN = 3;

    private final StackStatus status;
    private final Instant now;
    private final TextReport text;

    private StatusText(StackStatus status, TerminalOutput terminal) {
        this.status = status;
        this.now = status.at();
        this.text = new TextReport(terminal);
    }

    static String of(StackStatus status, TerminalOutput terminal) {
        return new StatusText(status, terminal).text();
    }

    private String text() {
        headline();
        status.concerns().forEach(this::concern);
        text.blank();
        if (status.paused()) {
            text.row("Processing", Tone.CAUTION, "paused: updates wait until you resume, for up to 14 days");
        } else {
            text.row("Processing", "enabled");
        }
        text.row("Quota", quota());
        text.row("Immutable", immutable());
        text.row("Accepted", accepted());
        status.queues().stream()
                .filter(queue -> queue.messages() > 0)
                .forEach(queue -> text.row("Through", queue.queue().title + ": " + forecast(queue)));
        text.row("Dead letters", status.deadLetters().isEmpty() ? Tone.PLAIN : Tone.BAD, deadLetters());
        status.ending().forEach(alarm -> text.row("Alarm", ending(alarm)));
        text.blank();
        text.table(
                List.of("Messages", "waiting", "parked or in flight", "delayed", "oldest"),
                status.queues().stream().map(this::queue).toList());
        files();
        return text.toString();
    }

    private void headline() {
        String stack = status.stack() + " (" + status.environment() + ")";
        int concerns = status.concerns().size();
        if (concerns == 0) {
            text.paragraph(Tone.GOOD, stack + (status.paused() ? " is well, and paused." : " is well."));
        } else {
            text.paragraph(Tone.BAD, stack + " needs you: " + count(concerns, "thing") + ".");
        }
    }

    private void concern(OperatorConcern concern) {
        Instant since = concern.since();
        String when = since == null ? "" : ", since " + ReadableTime.past(since, now);
        text.blank().paragraph(Tone.BAD, "! " + concern.name() + when);
        text.indented(concern.meaning()).indented(concern.help());
    }

    private String quota() {
        RateLimiterStatus quota = status.quota();
        Long limit = quota.limit();
        Long remaining = quota.remaining();
        String unit = quota.tokensCount() ? "token" : "request";
        var parts = new ArrayList<String>();
        if (limit == null && remaining == null) {
            parts.add("not known: no answer of Immutable has told it yet");
        } else if (remaining == null) {
            parts.add(count(limit == null ? 0 : limit, unit) + "; the next answer tells how many are left");
        } else {
            parts.add(
                    limit == null
                            ? count(remaining, unit) + " left"
                            : "%s of %s left".formatted(number(remaining), count(limit, unit)));
        }
        if (quota.reset() != null && remaining != null) {
            parts.add("full again at " + ReadableTime.future(quota.reset(), now));
        }
        if (quota.closedUntil() != null) {
            parts.add("nothing is sent until " + ReadableTime.future(quota.closedUntil(), now));
        }
        if (status.spentByOthers() != null) {
            parts.add("others seem to have spent about %s of it".formatted(number(status.spentByOthers())));
        }
        return String.join("; ", parts);
    }

    private String immutable() {
        RateLimiterStatus quota = status.quota();
        String accepted = quota.lastAcceptedAt() == null
                ? "no request was accepted yet"
                : "accepted a request at " + ReadableTime.past(quota.lastAcceptedAt(), now);
        if (quota.failuresInARow() < API_IS_DOWN || quota.lastFailedAt() == null) {
            return accepted;
        }
        return "%s failed in a row, the last at %s; it is tried again by itself; %s"
                .formatted(
                        count(quota.failuresInARow(), "request"),
                        ReadableTime.past(quota.lastFailedAt(), now),
                        accepted);
    }

    private String accepted() {
        Long accepted = status.acceptedInLastHour();
        return accepted == null
                ? "no metric of the last hours: nothing was sent, or a metric comes within minutes"
                : count(accepted, "update") + " in the last hour";
    }

    private String forecast(QueueStatus queue) {
        Long tokens = status.estimatedTokens(queue);
        String waiting = count(queue.messages(), queue.queue() == QueueStatus.Queue.FILES ? "file" : "message")
                + (tokens == null ? "" : " (about %s)".formatted(count(rounded(tokens), "token")));
        return switch (BacklogForecast.of(queue, status.paused(), now)) {
            case BacklogForecast.Empty _ -> "nothing waits";
            case BacklogForecast.Paused _ -> waiting + ", not while the stack is paused";
            case BacklogForecast.Unknown _ -> waiting + ", nobody knows when: none was done in the last hour";
            case BacklogForecast.Few _ -> waiting + ", too few for a forecast";
            case BacklogForecast.OutOfReach _ ->
                "%s, not within 14 days at %s of them done in the last hour"
                        .formatted(waiting, number(orZero(queue.doneInLastHour())));
            case BacklogForecast.Through(Instant at, boolean growing) ->
                "%s, about %s, at %s of them done in the last hour%s"
                        .formatted(
                                waiting,
                                ReadableTime.future(at, now),
                                number(orZero(queue.doneInLastHour())),
                                growing
                                        ? "; more arrive (%s)".formatted(number(orZero(queue.arrivedInLastHour())))
                                        : "");
        };
    }

    /** To the two digits that an estimate deserves. */
    private static long rounded(long number) {
        long unit = 1;
        while (number / unit >= 100) {
            unit *= 10;
        }
        return Math.round((double) number / unit) * unit;
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    private String deadLetters() {
        DeadLetterCounts letters = status.deadLetters();
        if (letters.isEmpty()) {
            return "none";
        }
        String reasons = letters.byReason().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(reason -> number(reason.getValue()) + " " + reason.getKey())
                .collect(Collectors.joining(", "));
        return count(letters.updates(), "message")
                + (reasons.isEmpty() ? "" : " (" + reasons + ")")
                + (letters.files() == 0 ? "" : "; " + count(letters.files(), "file"));
    }

    private String ending(EndingAlarm alarm) {
        return "%s is still on%s, though its queue is empty now; it ends by itself within %s"
                .formatted(
                        alarm.name(),
                        alarm.since() == null ? "" : ", since " + ReadableTime.past(alarm.since(), now),
                        count(alarm.within().toMinutes(), "minute"));
    }

    private List<String> queue(QueueStatus queue) {
        boolean isEmpty = queue.messages() == 0;
        return List.of(
                queue.queue().title,
                number(queue.waiting()),
                number(queue.hidden()),
                number(queue.delayed()),
                isEmpty || queue.oldestAge() == null ? NONE : ReadableTime.duration(queue.oldestAge()));
    }

    private void files() {
        List<BulkFileStatus> files = status.files().files();
        if (files.isEmpty()) {
            return;
        }
        text.blank().paragraph(Tone.STRONG, "Files");
        files.forEach(file -> text.paragraph(Tone.PLAIN, file.name()).indented(progress(file)));
        if (status.files().unread() > 0) {
            text.paragraph(
                    Tone.PLAIN,
                    "and perhaps some of %s older"
                            .formatted(count(status.files().unread(), "file")));
        }
    }

    private static String progress(BulkFileStatus file) {
        var parts = new ArrayList<String>();
        parts.add(file.status().equals("running") ? "being loaded" : "loaded (" + file.status() + ")");
        parts.add(count(file.queued(), "token") + " queued");
        if (file.rejected() > 0) {
            parts.add(number(file.rejected()) + " refused");
        }
        if (file.accepted() != null) {
            parts.add(number(file.accepted()) + " accepted");
        }
        if (file.settled() != null) {
            parts.add(number(Math.max(0, file.queued() - file.settled())) + " still wait");
        }
        return String.join(", ", parts);
    }
}
