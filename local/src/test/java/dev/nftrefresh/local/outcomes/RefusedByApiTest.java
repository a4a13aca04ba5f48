package dev.nftrefresh.local.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nftrefresh.local.api.InjectedFault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 400 with VALIDATION_ERROR: the refused tokens are found and rejected, and all others are accepted. */
final class RefusedByApiTest extends SandboxTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static Set<String> ids(int count, long seed, int of) {
        List<Integer> all = new ArrayList<>(IntStream.range(0, of).boxed().toList());
        Collections.shuffle(all, new Random(seed));
        return all.subList(0, count).stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> rejectedIds(LocalSandbox sandbox) {
        Set<String> ids = new TreeSet<>();
        for (DeadLetter letter : sandbox.deadLetters()) {
            assertThat(letter.reason()).isEqualTo("REFUSED_BY_API");
            assertThat(letter.attributes()).containsEntry("HttpStatus", "400").containsKey("TraceId");
            try {
                JSON.readTree(letter.body())
                        .get("nft_metadata")
                        .forEach(token -> assertThat(
                                        ids.add(token.get("token_id").asText()))
                                .isTrue());
            } catch (IOException e) {
                throw new AssertionError("A dead letter is no message: " + letter.body(), e);
            }
        }
        return ids;
    }

    private static void assertEachTokenHasItsOutcome(LocalSandbox sandbox, int tokens, Set<String> bad) {
        Set<String> good =
                IntStream.range(0, tokens).mapToObj(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
        good.removeAll(bad);
        assertThat(rejectedIds(sandbox)).isEqualTo(bad);
        assertThat(acceptedIds(sandbox)).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(acceptedIds(sandbox))).isEqualTo(good);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "249", "250", "631", "999"})
    void oneRefusedTokenOfAThousandIsFoundInAtMostTwentyRequests(String bad) {
        LocalSandbox sandbox = sandbox();
        sandbox.api().faults().refuseTokens(Set.of(bad));
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 1_000)));

        sandbox.drain();

        assertEachTokenHasItsOutcome(sandbox, 1_000, Set.of(bad));
        assertThat(sandbox.deadLetters()).hasSize(1);
        assertThat(sandbox.requests()).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void theSameFromAThousandMessages() {
        LocalSandbox sandbox = sandbox();
        sandbox.api().faults().refuseTokens(Set.of("17"));
        ProducerMessages.tokens(0, 400).forEach(token -> sandbox.send(ProducerMessages.message(token)));

        sandbox.drain();

        assertEachTokenHasItsOutcome(sandbox, 400, Set.of("17"));
        assertThat(sandbox.deadLetters()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void severalRefusedTokensAreFound(int count) {
        Set<String> bad = ids(count, count, 250);
        LocalSandbox sandbox = sandbox();
        sandbox.api().faults().refuseTokens(bad);
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 250)));

        sandbox.drainSkippingWaits();

        assertEachTokenHasItsOutcome(sandbox, 250, bad);
        assertThat(sandbox.requests()).hasSizeLessThanOrEqualTo(1 + 2 * 8 * count);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 60, 125})
    void tokensLeftUntriedMakeProgressInLaterEvents(int count) {
        Set<String> bad = ids(count, count, 250);
        LocalSandbox sandbox = sandbox();
        sandbox.api().faults().refuseTokens(bad);
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 250)));

        sandbox.drainSkippingWaits();

        assertEachTokenHasItsOutcome(sandbox, 250, bad);
        // Halving makes a tree of requests over 250 tokens, which has fewer than twice as many knots.
        assertThat(sandbox.requests()).hasSizeLessThan(500 + count);
    }

    @Test
    void adjacentRefusedTokensAreFoundToo() {
        Set<String> bad =
                IntStream.range(100, 180).mapToObj(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
        LocalSandbox sandbox = sandbox();
        sandbox.api().faults().refuseTokens(bad);
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 250)));

        sandbox.drainSkippingWaits();

        assertEachTokenHasItsOutcome(sandbox, 250, bad);
        assertThat(sandbox.requests()).hasSizeLessThan(600);
    }

    @Test
    void refusedTokensWithHardlyAnyValidOnesAreFoundToo() {
        Set<String> bad =
                IntStream.range(1, 100).mapToObj(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
        LocalSandbox sandbox = sandbox();
        sandbox.api().faults().refuseTokens(bad);
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 100)));

        sandbox.drainSkippingWaits(Duration.ofSeconds(10));

        assertEachTokenHasItsOutcome(sandbox, 100, bad);
        assertThat(sandbox.requests()).hasSizeLessThan(400);
    }

    @Test
    void anApiThatRefusesEverythingGetsEverythingOnceItIsFixed() {
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api().faults().whenever(_ -> true, InjectedFault.validationError());
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 250)));
        sandbox.start();
        sandbox.untilInvoked(1);

        assertThat(sandbox.deadLetters()).isEmpty();
        assertThat(sandbox.depth().total()).isEqualTo(1);
        assertThat(sandbox.requests()).hasSizeLessThanOrEqualTo(15);

        sandbox.api().faults().clear();
        int before = sandbox.requests().size();
        sandbox.drainSkippingWaits();
        assertThat(acceptedIds(sandbox)).hasSize(250);
        // One token probes, and then all the others follow.
        assertThat(sandbox.requests()).hasSizeLessThanOrEqualTo(before + 3);
    }

    @Test
    void thirtyRefusedTokensAreFoundInOneInvocation() {
        Set<String> bad = ids(30, 1, 250);
        LocalSandbox sandbox = sandbox(SandboxSettings.USUAL.withCopies(1));
        sandbox.api().faults().refuseTokens(bad);
        sandbox.send(ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 250)));
        sandbox.start();
        sandbox.untilInvoked(1);

        assertThat(sandbox.depth().total()).isZero();
        assertEachTokenHasItsOutcome(sandbox, 250, bad);
    }

    @Test
    void aRefusedTokenOfOneCollectionDoesNotDelayAnother() {
        LocalSandbox sandbox = sandbox();
        sandbox.api().faults().refuseTokens(Set.of("3"));
        sandbox.send(
                ProducerMessages.message(ProducerMessages.SWORDS, ProducerMessages.tokens(0, 10)),
                ProducerMessages.message(ProducerMessages.SHIELDS, ProducerMessages.tokens(10, 500)));

        sandbox.drain();

        assertEachTokenHasItsOutcome(sandbox, 500, Set.of("3"));
    }
}
