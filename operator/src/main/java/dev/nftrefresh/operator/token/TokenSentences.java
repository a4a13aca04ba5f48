package dev.nftrefresh.operator.token;

import static dev.nftrefresh.operator.ReadableTime.count;

import dev.nftrefresh.ledger.TokenStatus;
import dev.nftrefresh.ledger.TokenStatus.VersionAt;
import dev.nftrefresh.operator.ReadableTime;
import dev.nftrefresh.operator.TerminalOutput;
import dev.nftrefresh.operator.TextReport;
import dev.nftrefresh.operator.TextReport.Tone;
import dev.nftrefresh.operator.token.TokenAnswer.Accepted;
import dev.nftrefresh.operator.token.TokenAnswer.Rejected;
import dev.nftrefresh.operator.token.TokenAnswer.Unknown;
import dev.nftrefresh.operator.token.TokenAnswer.Waiting;
import dev.nftrefresh.update.UpdateVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer about a token for people: a sentence, and what it rests on. */
final class TokenSentences {
    private final TokenEvidence evidence;
    private final TokenAnswer answer;
    private final Instant now;

    TokenSentences(TokenEvidence evidence, TokenAnswer answer) {
        this.evidence = evidence;
        this.answer = answer;
        this.now = evidence.at();
    }

    String text(TerminalOutput terminal) {
        var text = new TextReport(terminal);
        text.paragraph(tone(), sentence()).blank();
        text.row("Ledger", ledger());
        text.row("Table", waitingUpdate());
        text.row("Log", log());
        evidence.log().events().stream()
                .skip(Math.max(0, evidence.log().events().size() - 5L))
                .forEach(event -> text.row("", line(event)));
        text.row("Queues", queues());
        return text.toString();
    }

    private Tone tone() {
        return switch (answer) {
            case Accepted _ -> Tone.GOOD;
            case Waiting _ -> Tone.CAUTION;
            case Rejected _ -> Tone.BAD;
            case Unknown _ -> Tone.STRONG;
        };
    }

    String sentence() {
        String token = "Token %s of %s"
                .formatted(
                        evidence.token().tokenId(),
                        evidence.token().collection().contractAddress());
        return switch (answer) {
            case Accepted(UpdateVersion version, Instant at) ->
                "%s was accepted at %s%s.%s"
                        .formatted(token, ReadableTime.past(at, now), version(version), newerMayWait());
            case Waiting(UpdateVersion version, TokenAnswer.WaitCause cause, Instant since, Instant until) ->
                "%s waits %s%s%s%s."
                        .formatted(
                                token,
                                cause.words,
                                until == null ? "" : ", until about " + ReadableTime.future(until, now),
                                version(version),
                                version == null && since != null
                                        ? "; its last request went at " + ReadableTime.past(since, now)
                                        : "");
            case Rejected(String reason, String detail, Instant at, TokenEvent _) ->
                "%s was rejected at %s: %s%s. Its letter is in the dead-letter queue, unless somebody moved it: ./nft-refresh dead-letters list --contract %s"
                        .formatted(
                                token,
                                ReadableTime.past(at, now),
                                reason,
                                detail.isEmpty() ? "" : ", \"" + detail + "\"",
                                evidence.token().collection().contractAddress());
            case Unknown _ -> unknown(token);
        };
    }

    private String unknown(String token) {
        String known = evidence.ledgerIsKept()
                ? "no update of it was ever accepted, and none was tried or rejected since "
                : "LatestWins is disabled, so only the log knows, and no line of it names the token since ";
        String where = evidence.messages() == 0
                ? "Nothing waits, so it was superseded or never came."
                : "It may be in %s, or never came.".formatted(waitingMessages());
        return "Nothing is known of " + lowerFirst(token) + ": " + known
                + ReadableTime.time(evidence.log().from(), now) + ". " + where;
    }

    private static String lowerFirst(String token) {
        return "t" + token.substring(1);
    }

    private String newerMayWait() {
        return evidence.messages() == 0 ? "" : " A newer update may be in %s.".formatted(waitingMessages());
    }

    private String waitingMessages() {
        String messages = evidence.messages() == 1
                ? "the one message that waits"
                : "one of the %s that wait".formatted(count(evidence.messages(), "message"));
        return messages + until();
    }

    private String until() {
        if (evidence.paused()) {
            return " while the stack is paused";
        }
        return evidence.backlogThrough() == null
                ? ""
                : ", until about " + ReadableTime.future(evidence.backlogThrough(), now);
    }

    private static String version(@Nullable UpdateVersion version) {
        return version == null ? "" : " (updated_at " + version.time() + ")";
    }

    private String ledger() {
        if (!evidence.ledgerIsKept()) {
            return "not kept: LatestWins is disabled";
        }
        TokenStatus ledger = evidence.ledger();
        var parts = new ArrayList<String>();
        add(parts, "accepted", ledger.accepted(), " at");
        add(
                parts,
                "in a request",
                ledger.claimed(),
                ledger.claimed() != null && ledger.claimed().at().isBefore(now)
                        ? " whose answer was due by"
                        : " whose answer is due by");
        add(parts, "perhaps accepted", ledger.unconfirmed(), ", so older updates wait until");
        add(parts, "refused alone", ledger.refused(), " at");
        if (parts.isEmpty()) {
            return ledger.tried() ? "it was sent, and not accepted yet" : "no entry";
        }
        return String.join("; ", parts);
    }

    private void add(List<String> parts, String what, @Nullable VersionAt version, String when) {
        if (version != null) {
            parts.add("%s%s%s %s"
                    .formatted(what, version(version.version()), when, ReadableTime.time(version.at(), now)));
        }
    }

    private String waitingUpdate() {
        WaitingUpdate waiting = evidence.waiting();
        if (waiting == null) {
            return "no update of it waits for a request with free places";
        }
        return "an update waits for a request with free places" + version(waiting.version())
                + (waiting.promised() == null ? "" : ", until " + ReadableTime.time(waiting.promised(), now));
    }

    private String log() {
        int lines = evidence.log().events().size();
        String since = ReadableTime.time(evidence.log().from(), now);
        return lines == 0
                ? "no line names it since " + since
                : "%s since %s%s".formatted(count(lines, "line"), since, lines > 5 ? ", the last 5:" : ":");
    }

    private String line(TokenEvent event) {
        return ReadableTime.time(event.at(), now) + " "
                + switch (event.kind()) {
                    case ACCEPTED -> "accepted";
                    case REJECTED -> "rejected, " + event.code();
                    case NOT_ACCEPTED -> "not accepted, " + event.code();
                }
                + (event.detail().isEmpty() ? "" : ": " + event.detail());
    }

    private String queues() {
        return evidence.messages() == 0
                ? "nothing waits"
                : count(evidence.messages(), "message") + (evidence.messages() == 1 ? " waits" : " wait") + until()
                        + "; SQS cannot be searched for a token";
    }
}
