package dev.nftrefresh.operator.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nftrefresh.collection.CollectionRefusal;
import dev.nftrefresh.collection.CollectionRefusal.RefusalCause;
import dev.nftrefresh.ledger.TokenStatus;
import dev.nftrefresh.ledger.TokenStatus.VersionAt;
import dev.nftrefresh.operator.LogSearch.Line;
import dev.nftrefresh.operator.TerminalOutput;
import dev.nftrefresh.operator.token.TokenAnswer.Accepted;
import dev.nftrefresh.operator.token.TokenAnswer.Rejected;
import dev.nftrefresh.operator.token.TokenAnswer.Unknown;
import dev.nftrefresh.operator.token.TokenAnswer.WaitCause;
import dev.nftrefresh.operator.token.TokenAnswer.Waiting;
import dev.nftrefresh.operator.token.TokenEvent.Kind;
import dev.nftrefresh.ratelimit.RateLimiterStatus;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenKey;
import dev.nftrefresh.update.UpdateVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Of all that is known of a token, the newest sign counts. */
class TokenAnswerResolverTest {
    private static final Instant NOW = Instant.parse("2026-11-30T14:37:00Z");
    private static final UpdateVersion OLD = new UpdateVersion(Instant.parse("2026-11-30T10:00:00Z"), 1);
    private static final UpdateVersion NEW = new UpdateVersion(Instant.parse("2026-11-30T14:00:00Z"), 2);
    private static final Instant ELEVEN = Instant.parse("2026-11-30T11:00:00Z");
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final Instant THREE = Instant.parse("2026-11-30T15:00:00Z");
    private static final TokenKey TOKEN =
            new TokenKey(new CollectionId("imtbl-zkevm-testnet", "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e"), "4711");

    private TokenStatus ledger = TokenStatus.UNKNOWN;
    private @Nullable WaitingUpdate waiting;
    private @Nullable Instant closedUntil;
    private List<TokenEvent> events = List.of();
    private @Nullable CollectionRefusal refusal;
    private boolean paused;
    private long messages;

    private TokenEvidence evidence() {
        return new TokenEvidence(
                TOKEN,
                NOW,
                true,
                paused,
                ledger,
                waiting,
                refusal,
                new RateLimiterStatus(677L, 0L, NOW, THREE, null, closedUntil, false, 0, null, null),
                new TokenLog(events, NOW.minus(Duration.ofDays(30))),
                messages,
                messages == 0 ? null : THREE,
                Duration.ofSeconds(10));
    }

    private TokenAnswer answer() {
        return TokenAnswerResolver.on(evidence());
    }

    private static TokenStatus accepted(UpdateVersion version, Instant at) {
        return new TokenStatus(true, new VersionAt(version, at), null, null, null);
    }

    private static TokenEvent event(Instant at, Kind kind, String code) {
        return new TokenEvent(at, kind, code, "why", "message", "trace", false);
    }

    @Test
    void isAcceptedWhereTheLedgerSaysSoAndNothingNewerIsKnown() {
        ledger = accepted(OLD, ELEVEN);

        assertThat(answer()).isEqualTo(new Accepted(OLD, ELEVEN));
    }

    @Test
    void isRejectedWhereANewerUpdateWasRejectedAfterAnAcceptance() {
        ledger = accepted(OLD, ELEVEN);
        events = List.of(event(NOON, Kind.REJECTED, "INVALID_TOKEN"));

        assertThat(answer()).isEqualTo(new Rejected("INVALID_TOKEN", "why", NOON, events.getFirst()));
    }

    @Test
    void isAcceptedWhereALetterWasFixedAndSentAgain() {
        ledger = accepted(NEW, NOON);
        events = List.of(event(ELEVEN, Kind.REJECTED, "INVALID_TOKEN"));

        assertThat(answer()).isEqualTo(new Accepted(NEW, NOON));
    }

    @Test
    void isRejectedWhereTheLedgerKnowsThatItWasRefusedAlone() {
        ledger = new TokenStatus(true, new VersionAt(OLD, ELEVEN), null, null, new VersionAt(NEW, NOON));

        assertThat(answer()).isEqualTo(new Rejected("REFUSED_BY_API", "", NOON, null));
    }

    @Test
    void waitsForTheAnswerWhileItsRequestIsInFlight() {
        ledger = new TokenStatus(true, null, new VersionAt(NEW, NOW.plusSeconds(5)), null, null);

        assertThat(answer()).isEqualTo(new Waiting(NEW, WaitCause.ANSWER, null, NOW.plusSeconds(5)));
    }

    @Test
    void waitsForItsMessageIfTheAnswerWasLost() {
        ledger = new TokenStatus(true, null, new VersionAt(NEW, NOW.minusSeconds(5)), null, null);

        assertThat(answer()).isEqualTo(new Waiting(NEW, WaitCause.CONFIRMATION, null, null));
    }

    @Test
    void waitsForTheQuotaUntilItOpens() {
        waiting = new WaitingUpdate(NEW, null);
        closedUntil = THREE;

        assertThat(answer()).isEqualTo(new Waiting(NEW, WaitCause.QUOTA, NEW.time(), THREE));
    }

    @Test
    void waitsForTheIntervalAfterAnAcceptance() {
        ledger = accepted(OLD, NOW.minusSeconds(4));
        waiting = new WaitingUpdate(NEW, null);

        assertThat(answer()).isEqualTo(new Waiting(NEW, WaitCause.INTERVAL, NEW.time(), NOW.plusSeconds(6)));
    }

    @Test
    void waitsForARequestWithFreeCapacity() {
        waiting = new WaitingUpdate(NEW, THREE);

        assertThat(answer()).isEqualTo(new Waiting(NEW, WaitCause.RIDE, NEW.time(), THREE));
    }

    @Test
    void waitsForTheReasonInTheLastAnswer() {
        closedUntil = THREE;
        events = List.of(event(NOON, Kind.NOT_ACCEPTED, "Throttled"));
        assertThat(answer()).isEqualTo(new Waiting(null, WaitCause.QUOTA, NOON, THREE));

        events = List.of(event(NOON, Kind.NOT_ACCEPTED, "Failed"));
        assertThat(answer()).isEqualTo(new Waiting(null, WaitCause.RETRY, NOON, null));

        events = List.of(event(NOON, Kind.NOT_ACCEPTED, "KeyRefused"));
        assertThat(answer()).isEqualTo(new Waiting(null, WaitCause.KEY, NOON, THREE));
    }

    /** The table remembers for a day that a token was accepted after others were refused. */
    @Test
    void waitsWithoutATimeWhereItsCollectionIsNotRefusedAnyMore() {
        events = List.of(event(NOON, Kind.NOT_ACCEPTED, "Forbidden"));
        refusal = new CollectionRefusal(RefusalCause.TOKENS, NOON, 0, NOON, NOON, 0, 8, 0, null, null);

        assertThat(answer()).isEqualTo(new Waiting(null, WaitCause.COLLECTION, NOON, null));
    }

    @Test
    void waitsWhileTheRefusedTokenOfItsRequestIsLookedFor() {
        events = List.of(event(NOON, Kind.NOT_ACCEPTED, "Refused"));

        assertThat(answer()).isEqualTo(new Waiting(null, WaitCause.SEARCH, NOON, null));
        assertThat(new TokenSentences(evidence(), answer()).sentence())
                .isEqualTo("Token 4711 of 0x8a90cab2b38dba80c64b7734e58ee1db38b8992e waits because Immutable refused a"
                        + " request with it and others, and smaller requests find out which token is refused; its last"
                        + " request went at 12:00 UTC, 2 h 37 min ago.");

        paused = true;
        assertThat(answer()).isEqualTo(new Waiting(null, WaitCause.RESUME, NOON, null));
    }

    @Test
    void waitsForProofWhereItWasRefusedAlone() {
        events = List.of(new TokenEvent(NOON, Kind.NOT_ACCEPTED, "Refused", "why", "message", "trace", true));

        assertThat(answer()).isEqualTo(new Waiting(null, WaitCause.REFUSED_ALONE, NOON, null));
        assertThat(new TokenSentences(evidence(), answer()).sentence())
                .contains(" waits because Immutable refused it alone, which is no proof yet that the token itself is at"
                        + " fault; its last request");
    }

    /** Immutable knows the collection, and says nothing against it as a whole. */
    @Test
    void waitsForTheNextTryWhereEachTokenOfItsCollectionWasRefused() {
        refusal = new CollectionRefusal(RefusalCause.TOKENS, NOON, 3, NOON, NOON, 3, 0, 5, THREE, null);
        var tokens = new Waiting(null, WaitCause.TOKENS, NOON, THREE);

        events = List.of(event(NOON, Kind.NOT_ACCEPTED, "Refused"));
        assertThat(answer()).isEqualTo(tokens);
        assertThat(new TokenSentences(evidence(), answer()).sentence())
                .contains(" waits because Immutable refused the last tokens of its collection that went alone, until"
                        + " about 15:00 UTC, in 23 min; its last request");

        waiting = new WaitingUpdate(NEW, null);
        assertThat(answer()).isEqualTo(new Waiting(NEW, WaitCause.TOKENS, NEW.time(), THREE));

        waiting = null;
        events = List.of();
        ledger = new TokenStatus(true, null, null, null, null);
        messages = 1;
        assertThat(answer()).isEqualTo(new Waiting(null, WaitCause.TOKENS, null, THREE));
    }

    @Test
    void givesNoTimeForATryThatIsDue() {
        refusal = new CollectionRefusal(RefusalCause.NOT_FOUND, NOON, 3, NOON, NOON, 0, 0, 5, NOON, null);
        events = List.of(event(NOON, Kind.NOT_ACCEPTED, "CollectionNotFound"));

        assertThat(answer()).isEqualTo(new Waiting(null, WaitCause.COLLECTION, NOON, null));
    }

    @Test
    void saysWhatTheLedgerKnowsInWholePhrases() {
        ledger = new TokenStatus(
                true,
                new VersionAt(OLD, ELEVEN),
                new VersionAt(NEW, NOW.minusSeconds(60)),
                new VersionAt(NEW, THREE),
                null);

        assertThat(new TokenSentences(evidence(), answer()).text(new TerminalOutput(400, false, false, false)))
                .contains(
                        "Ledger        accepted (updated_at 2026-11-30T10:00:00Z) at 11:00 UTC; in a request (updated_at"
                                + " 2026-11-30T14:00:00Z) whose answer was due by 14:36 UTC; perhaps accepted (updated_at"
                                + " 2026-11-30T14:00:00Z), so older updates wait until 15:00 UTC\n");

        ledger = new TokenStatus(true, null, new VersionAt(NEW, THREE), null, null);
        assertThat(new TokenSentences(evidence(), answer()).text(new TerminalOutput(400, false, false, false)))
                .contains(" whose answer is due by 15:00 UTC\n");
    }

    @Test
    void waitsForTheStackWhileThatIsPaused() {
        waiting = new WaitingUpdate(NEW, THREE);
        paused = true;

        assertThat(answer()).isEqualTo(new Waiting(NEW, WaitCause.RESUME, NEW.time(), null));
    }

    @Test
    void isAcceptedByTheLogWhereTheLedgerHasNoEntry() {
        events = List.of(event(NOON, Kind.ACCEPTED, "Accepted"));

        assertThat(answer()).isEqualTo(new Accepted(null, NOON));
    }

    @Test
    void waitsIfTheLedgerKnowsThatItWasSentAndMessagesWait() {
        ledger = new TokenStatus(true, null, null, null, null);
        assertThat(answer()).isEqualTo(new Unknown());

        messages = 1;
        assertThat(answer()).isEqualTo(new Waiting(null, WaitCause.RETRY, null, null));
        closedUntil = THREE;
        assertThat(answer()).isEqualTo(new Waiting(null, WaitCause.QUOTA, null, THREE));
    }

    @Test
    void isUnknownIfNothingNamesIt() {
        messages = 12;

        assertThat(answer()).isEqualTo(new Unknown());
        assertThat(new TokenSentences(evidence(), answer()).sentence())
                .isEqualTo(
                        "Nothing is known of token 4711 of 0x8a90cab2b38dba80c64b7734e58ee1db38b8992e: no update of it"
                                + " was ever accepted, and none was tried or rejected since 31 Oct 14:37 UTC. It may be in one"
                                + " of the 12 messages that wait, until about 15:00 UTC, in 23 min, or never came.");
    }

    @Test
    void fitsANarrowTerminal() {
        ledger = accepted(OLD, ELEVEN);

        assertThat(new TokenSentences(evidence(), answer())
                        .text(new TerminalOutput(40, false, false, false))
                        .lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(45)); // an address is a word of 42
    }

    @Test
    void isPrintedAsJsonWithWhatScriptsNeed() {
        events = List.of(event(NOON, Kind.REJECTED, "INVALID_TOKEN"));

        assertThat(TokenJsonAnswer.of(evidence(), answer(), "https://letters").toString())
                .startsWith("{\"chain_name\":\"imtbl-zkevm-testnet\",\"contract_address\":"
                        + "\"0x8a90cab2b38dba80c64b7734e58ee1db38b8992e\",\"token_id\":\"4711\",\"answer\":\"rejected\","
                        + "\"rejected_at\":\"2026-11-30T12:00:00Z\",\"reason\":\"INVALID_TOKEN\",\"detail\":\"why\","
                        + "\"dead_letter_queue\":\"https://letters\",\"source_message_id\":\"message\","
                        + "\"trace_id\":\"trace\",");
    }

    @Test
    void readsLinesOfTheLogThatNameTheToken() throws Exception {
        var fields = new JsonMapper();
        String contract = TOKEN.collection().contractAddress();
        var accepted = new Line(
                NOON,
                fields.readTree(
                        "{\"message\":\"refresh\",\"outcome\":\"Accepted\",\"collection\":\"imtbl-zkevm-testnet/"
                                + contract + "\",\"token_ids\":[\"47\",\"4711\"]}"));
        var rejected = new Line(
                NOON,
                fields.readTree(
                        "{\"message\":\"rejected\",\"reason\":\"WRONG_CHAIN\",\"detail\":\"d\",\"message_id\":\"m\","
                                + "\"collection\":\"imtbl-zkevm-mainnet/0x"
                                + contract.substring(2).toUpperCase(Locale.ROOT)
                                + "\",\"token_id\":\"4711\"}"));

        assertThat(TokenEvent.of(accepted, contract, "4711"))
                .containsExactly(new TokenEvent(NOON, Kind.ACCEPTED, "Accepted", "", "", "", false));
        assertThat(TokenEvent.of(accepted, contract, "471")).isEmpty();
        assertThat(TokenEvent.of(rejected, contract, "4711"))
                .containsExactly(new TokenEvent(NOON, Kind.REJECTED, "WRONG_CHAIN", "d", "m", "", false));
    }
}
