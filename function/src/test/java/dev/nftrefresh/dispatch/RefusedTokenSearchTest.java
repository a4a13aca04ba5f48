package dev.nftrefresh.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nftrefresh.queue.SearchProgress;
import java.util.BitSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedTokenSearchTest {
    private static final int FULL = 250;
    private static final int SEEDS = 250;

    private static BitSet all(int tokens) {
        var all = new BitSet();
        all.set(0, tokens);
        return all;
    }

    private static IntSummaryStatistics requests(int bad, LongFunction<SearchedApi.RefusalHint> hint) {
        return LongStream.range(0, SEEDS)
                .mapToInt(seed -> new SearchedApi(SearchedApi.some(bad, FULL, seed), hint.apply(seed))
                        .search(FULL)
                        .requests())
                .summaryStatistics();
    }

    private static void report(String hints, int bad, double bound, IntSummaryStatistics requests) {
        System.out.printf(
                "%d of %d refused, %s: mean %.1f (bound %.1f), max %d%n",
                bad, FULL, hints, requests.getAverage(), bound, requests.getMax());
    }

    /** How many bits it takes to say which of the tokens are refused. */
    private static double bits(int bad) {
        double bits = 0;
        for (int i = 0; i < bad; i++) {
            bits += Math.log((FULL - i) / (i + 1.0)) / Math.log(2);
        }
        return bits;
    }

    @Nested
    class HowManyRequests {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 5, 13, 25, 60, 125})
        void withoutHintsItIsCloseToTheInformationBound(int bad) {
            double bound = 1.25 * bits(bad) + 3;

            var requests = requests(bad, _ -> SearchedApi.NONE);

            report("no hints", bad, bound, requests);
            assertThat(requests.getAverage()).isLessThanOrEqualTo(bound);
            assertThat(requests.getMax()).isLessThanOrEqualTo(265);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 5, 13, 25, 60, 125})
        void withRightHintsAtMostTwoPerRefusedTokenPlusThree(int bad) {
            var requests = requests(bad, _ -> SearchedApi.FIRST_REFUSED);

            report("right hints", bad, 2 * bad + 3, requests);
            assertThat(requests.getMax()).isLessThanOrEqualTo(2 * bad + 3);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 5, 13, 25, 60, 125})
        void wrongHintsCostAtMostOneMore(int bad) {
            double bound = 1.25 * bits(bad) + 3 + 1;

            var requests = requests(bad, _ -> SearchedApi.FIRST_ACCEPTABLE);

            report("wrong hints", bad, bound, requests);
            assertThat(requests.getAverage()).isLessThanOrEqualTo(bound);
            assertThat(requests.getMax()).isLessThanOrEqualTo(265);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 5, 13, 25, 60, 125})
        void randomHintsCostAtMostOneMore(int bad) {
            double bound = 1.25 * bits(bad) + 3 + 1;

            var requests = requests(bad, seed -> SearchedApi.random(new Random(seed)));

            report("random hints", bad, bound, requests);
            assertThat(requests.getAverage()).isLessThanOrEqualTo(bound);
            assertThat(requests.getMax()).isLessThanOrEqualTo(265);
        }

        @Test
        void neverMoreThanOnePerTokenPlusFifteenWhicheverAreRefused() {
            var random = new Random(12);
            for (int i = 0; i < 1_000; i++) {
                int tokens = random.nextInt(1, FULL + 1);
                BitSet bad = SearchedApi.some(random.nextInt(tokens + 1), tokens, i);

                assertThat(new SearchedApi(bad, SearchedApi.NONE).search(tokens).requests())
                        .isLessThanOrEqualTo(tokens + SearchProgress.SPARE);
            }
        }

        @Test
        void neverMoreThanThatWhateverTheAnswers() {
            // Random answers: any that the API could give, including the worst.
            for (int seed = 0; seed < 1_000; seed++) {
                var random = new Random(seed);
                double refusing = random.nextDouble();
                var search = RefusedTokenSearch.of(SearchedApi.tokens(FULL));
                int requests = 0;
                while (!search.isFinished()) {
                    search.next();
                    requests++;
                    if (random.nextDouble() < refusing || requests == 1) {
                        search.refused();
                    } else {
                        search.accepted();
                    }
                }
                assertThat(requests).isLessThanOrEqualTo(265);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 249, 250})
        void aRequestThatIsAcceptedTakesOne(int tokens) {
            assertThat(new SearchedApi(new BitSet(), SearchedApi.NONE)
                            .search(tokens)
                            .requests())
                    .isOne();
        }

        @ParameterizedTest
        @CsvSource({"1, 1", "2, 3", "3, 4"})
        void fewTokensThatAreAllRefusedAreEachSentAlone(int tokens, int requests) {
            assertThat(new SearchedApi(all(tokens), SearchedApi.NONE)
                            .search(tokens)
                            .requests())
                    .isBetween(requests, requests + 1);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 249, 250})
        void oneRefusedTokenIsFoundWhereverItIs(int tokens) {
            int most = 0;
            for (int place = 0; place < tokens; place++) {
                var bad = new BitSet();
                bad.set(place);
                most = Math.max(
                        most,
                        new SearchedApi(bad, SearchedApi.NONE).search(tokens).requests());
            }
            assertThat(most).isLessThanOrEqualTo(20);
        }
    }

    @Nested
    class NothingAccepted {
        private static int requestsUntilItIsDetected(SearchedApi.RefusalHint hint) {
            var api = new SearchedApi(all(FULL), hint);
            var search = RefusedTokenSearch.of(SearchedApi.tokens(FULL));
            while (!search.isNothingAccepted()) {
                api.step(search);
            }
            return api.requests();
        }

        @Test
        void isDetectedWithinFifteenRequests() {
            int requests = requestsUntilItIsDetected(SearchedApi.NONE);
            System.out.println("All of 250 refused, no hints: seen after " + requests);
            assertThat(requests).isLessThanOrEqualTo(15);
        }

        @Test
        void isDetectedWithHintsTooButNotFromThemAlone() {
            int requests = requestsUntilItIsDetected(SearchedApi.FIRST_REFUSED);
            System.out.println("All of 250 refused, right hints: seen after " + requests);
            assertThat(requests).isLessThanOrEqualTo(15);
        }

        @Test
        void isNotConcludedFromThreeNamedTokensWhileOthersAreAccepted() {
            BitSet bad = SearchedApi.some(25, FULL, 1);
            bad.clear(0);
            var api = new SearchedApi(bad, SearchedApi.FIRST_REFUSED).search(FULL);

            assertThat(api.waits()).isZero();
        }

        @Test
        void makesEachQuestionOneTokenThatWasNotTriedAlone() {
            var api = new SearchedApi(all(FULL), SearchedApi.NONE);
            var search = RefusedTokenSearch.of(SearchedApi.tokens(FULL));
            while (!search.isFinished()) {
                if (search.isNothingAccepted()) {
                    assertThat(search.next()).hasSize(1).doesNotContainAnyElementsOf(search.refusedAlone());
                }
                api.step(search);
            }
            assertThat(search.refusedAlone()).hasSize(FULL);
        }

        @Test
        void endsWithAnAcceptanceAtOnce() {
            var search = RefusedTokenSearch.of(SearchedApi.tokens(FULL));
            while (!search.isNothingAccepted()) {
                search.next();
                search.refused();
            }
            search.next();
            search.accepted();

            assertThat(search.isNothingAccepted()).isFalse();
        }
    }

    @Nested
    class Hints {
        private final RefusedTokenSearch<String> search =
                RefusedTokenSearch.of(List.of("a", "b", "c", "d", "e", "f", "g", "h"));

        @Test
        void nameTokensThatAreSentAloneAndThenTheRestWithoutThem() {
            search.refused(List.of(2, 5));

            assertThat(search.next()).containsExactly("c");
            search.refused();
            assertThat(search.next()).containsExactly("f");
            search.refused();
            assertThat(search.next()).containsExactly("a", "b", "d", "e", "g", "h");
            search.accepted();

            assertThat(search.isFinished()).isTrue();
            assertThat(search.refusedAlone()).containsExactly("c", "f");
        }

        @Test
        void areIgnoredAfterOneThatWasWrong() {
            search.refused(List.of(2, 5));
            assertThat(search.next()).containsExactly("c");
            search.accepted();

            List<String> group = search.next();
            assertThat(group).startsWith("a").hasSizeGreaterThan(1);
            search.refused(List.of(1));
            assertThat(search.next()).startsWith("a");
        }

        @Test
        void thatNameMoreThanThreeAreIgnored() {
            search.refused(List.of(1, 2, 3, 4));
            assertThat(search.next()).startsWith("a");
        }

        @Test
        void thatNameThreeAreFollowed() {
            search.refused(List.of(7, 4, 2, 2));
            assertThat(search.next()).containsExactly("c");
        }

        @Test
        void outsideOfTheRequestAreIgnored() {
            search.refused(List.of(-1, 8));
            assertThat(search.next()).startsWith("a");
        }

        @Test
        void neverGetAValidTokenRejected() {
            for (int seed = 0; seed < 1_000; seed++) {
                var random = new Random(seed);
                int tokens = random.nextInt(1, FULL + 1);
                BitSet bad = SearchedApi.some(random.nextInt(tokens + 1), tokens, seed);

                // SearchedApi asserts which tokens are accepted and which are refused alone.
                new SearchedApi(bad, SearchedApi.random(random)).search(tokens);
            }
        }
    }

    @Nested
    class Left {
        @Test
        void theQuestionStaysTheSameUntilThereIsAnAnswer() {
            var search = RefusedTokenSearch.of(List.of("a", "b", "c", "d"));
            search.refused();

            assertThat(search.next()).isSameAs(search.next());
        }

        @Test
        void anAnswerWithoutAQuestionIsAnError() {
            var search = RefusedTokenSearch.of(List.of("a", "b"));
            search.refused();

            assertThatThrownBy(search::refused).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void aGroupWithARefusedTokenIsKnownAfterAnInterruption() {
            var search = RefusedTokenSearch.of(SearchedApi.tokens(100));
            search.refused();
            int asked = search.next().size();
            search.refused();

            assertThat(search.left()).isEqualTo(SearchedApi.tokens(100));
            assertThat(search.progress().suspects()).isEqualTo(asked);
        }

        @Test
        void namedTokensComeFirstAfterAnInterruption() {
            var search = RefusedTokenSearch.of(List.of("a", "b", "c", "d"));
            search.refused(List.of(1, 2));

            assertThat(search.left()).containsExactly("b", "c", "a", "d");
            assertThat(search.progress().named()).isEqualTo(2);
            assertThat(RefusedTokenSearch.resume(search.left(), search.progress())
                            .next())
                    .containsExactly("b");
        }

        @Test
        void interruptedAfterEachAnswerItTakesNoMoreRequests() {
            for (int seed = 0; seed < 1_000; seed++) {
                var random = new Random(seed);
                var hint = seed % 2 == 0 ? SearchedApi.NONE : SearchedApi.random(random);
                BitSet bad = SearchedApi.some(random.nextInt(FULL + 1), FULL, seed);
                var api = new SearchedApi(bad, hint);
                int times = random.nextInt(1, 40);
                var search = RefusedTokenSearch.of(SearchedApi.tokens(FULL));
                while (!search.isFinished()) {
                    for (int step = 0; step < times && !search.isFinished(); step++) {
                        api.step(search);
                    }
                    search = RefusedTokenSearch.resume(search.left(), search.progress());
                }
                assertThat(api.refusedAlone()).hasSize(bad.cardinality());
                assertThat(api.accepted()).hasSize(FULL - bad.cardinality());
                assertThat(api.requests()).isLessThanOrEqualTo(265);
            }
        }

        @Test
        void progressFromOutsideIsBounded() {
            var progress = new SearchProgress(-1, 5_000, false, -1, Integer.MAX_VALUE, -5, -7, false);
            var search = RefusedTokenSearch.resume(SearchedApi.tokens(FULL), progress);

            assertThat(search.next()).hasSize(1);
        }
    }

    @Nested
    class UnderASmallQuota {
        @Test
        void asksForTheFirstTokensThatTheQuotaHasLeft() {
            var search = RefusedTokenSearch.of(SearchedApi.tokens(100));
            search.refused();
            List<Integer> question = search.next();

            search.askAtMost(question.size());
            assertThat(search.next()).isEqualTo(question);
            search.askAtMost(question.size() - 1);
            assertThat(search.next()).isEqualTo(question.subList(0, question.size() - 1));
            search.askAtMost(0);
            assertThat(search.next()).isEqualTo(question.subList(0, 1));
        }

        @Test
        void decidesEveryTokenWhateverIsLeftEachTime() {
            for (int seed = 0; seed < 1_000; seed++) {
                var random = new Random(seed);
                BitSet bad = SearchedApi.some(random.nextInt(FULL + 1), FULL, seed);
                var api = new SearchedApi(bad, seed % 2 == 0 ? SearchedApi.NONE : SearchedApi.random(random));
                var search = RefusedTokenSearch.of(SearchedApi.tokens(FULL));
                while (!search.isFinished()) {
                    List<Integer> _ = search.next();
                    search.askAtMost(random.nextInt(1, 100));
                    api.step(search);
                }
                assertThat(api.refusedAlone()).hasSize(bad.cardinality()).allMatch(bad::get);
                assertThat(api.accepted()).hasSize(FULL - bad.cardinality()).noneMatch(bad::get);
                assertThat(api.requests()).isLessThanOrEqualTo(265);
            }
        }
    }

    @Nested
    class Withdrawn {
        @Test
        void tokensAreNotSentAgain() {
            var search = RefusedTokenSearch.of(List.of("a", "b", "c", "d"));
            search.refused();
            String first = search.next().getFirst();
            search.withdraw(List.of(first));

            assertThat(search.next()).isNotEmpty().doesNotContain(first);
            assertThat(search.open()).hasSize(3).doesNotContain(first);
            assertThat(search.refusedAlone()).isEmpty();
        }

        @Test
        void leavesAGroupWhoseOthersMayAllBeValid() {
            var search = RefusedTokenSearch.of(List.of("a", "b"));
            search.refused();
            search.withdraw(List.of("b"));

            assertThat(search.progress().suspects()).isZero();
        }

        @Test
        void theAnswerToARequestWithoutThemCountsForTheOthers() {
            var search = RefusedTokenSearch.of(List.of("a", "b", "c"));
            search.withdraw(List.of("b"));
            assertThat(search.next()).containsExactly("a", "c");
            search.accepted();

            assertThat(search.isFinished()).isTrue();
            assertThat(search.acceptedTokens()).containsExactly("a", "c");
        }

        @Test
        void atAnyTimeTheRestIsStillDecided() {
            for (int seed = 0; seed < 1_000; seed++) {
                var random = new Random(seed);
                BitSet bad = SearchedApi.some(random.nextInt(FULL + 1), FULL, seed);
                var api = new SearchedApi(bad, SearchedApi.random(random));
                var search = RefusedTokenSearch.of(SearchedApi.tokens(FULL));
                int withdrawn = 0;
                while (!search.isFinished()) {
                    if (random.nextInt(10) == 0) {
                        List<Integer> open = search.open();
                        search.withdraw(List.of(open.get(random.nextInt(open.size()))));
                        withdrawn++;
                    } else {
                        api.step(search);
                    }
                }
                assertThat(api.accepted()).noneMatch(bad::get);
                assertThat(api.refusedAlone()).allMatch(bad::get);
                assertThat(api.accepted().size() + api.refusedAlone().size() + withdrawn)
                        .isEqualTo(FULL);
                assertThat(api.requests())
                        .isLessThanOrEqualTo(265 + api.refusedAlone().size());
            }
        }
    }
}
