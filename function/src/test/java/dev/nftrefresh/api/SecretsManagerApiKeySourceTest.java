package dev.nftrefresh.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SecretsManagerApiKeySourceTest {
    private static final String ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:nft-refresh-AbCdEf";

    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private final SecretsManagerServer server = new SecretsManagerServer();
    private final SecretsManagerApiKeySource key = new SecretsManagerApiKeySource(server.client(), ARN, () -> now);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void the_key_is_read_when_first_needed_and_cached() {
        server.holds("sk_1");
        assertThat(server.requests()).isEmpty();
        assertThat(key.current()).isEqualTo("sk_1");
        server.holds("sk_2");
        assertThat(key.current()).isEqualTo("sk_1");
        assertThat(server.requests()).containsExactly("secretsmanager.GetSecretValue {\"SecretId\":\"" + ARN + "\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            sk_1
            \\n  sk_1 \\r\\n
            {\\"api_key\\":\\"sk_1\\"}
            \\n{ \\"api_key\\" : \\" sk_1\\\\n\\" }\\n
            {\\"other\\":{\\"api_key\\":\\"sk_0\\"},\\"list\\":[\\"api_key\\"],\\"api_key\\":\\"sk_1\\",\\"n\\":1}
            """)
    void the_key_is_the_secret_s_text_or_its_api_key(String secret) {
        server.holds(secret);
        assertThat(key.current()).isEqualTo("sk_1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                           | is JSON without an api_key
            {\\"apiKey\\":\\"sk_secret\\"}               | is JSON without an api_key
            {\\"api_key\\":null}                         | is JSON without an api_key
            {\\"api_key\\":[\\"sk_secret\\"]}            | is JSON without an api_key
            {sk_secret}                                  | is JSON without an api_key
            {\\"api_key\\":\\"sk_secret                  | is JSON without an api_key
            \\n                                          | is empty
            {\\"api_key\\":\\" \\"}                      | is empty
            sk_secret sk_secret                          | holds a space
            sk_secret\\nsk_secret                        | holds a space
            sk_secrét                                    | holds a space
            """)
    void a_secret_without_a_key_is_named_and_never_shown(String secret, String what) {
        server.holds(secret);
        assertThatExceptionOfType(ApiKeyUnavailableException.class)
                .isThrownBy(key::current)
                .withMessageStartingWith("The secret " + ARN + " " + what)
                .withMessageNotContaining("secr\u00e9t")
                .withMessageNotContaining("sk_")
                .withNoCause();
    }

    @Test
    void a_binary_secret_is_refused() {
        server.answers(200, () -> "{\"SecretBinary\":\"c2tfMQ==\"}");
        assertThatExceptionOfType(ApiKeyUnavailableException.class)
                .isThrownBy(key::current)
                .withMessage("The secret " + ARN + " is binary: put the key into it as text.");
    }

    @Test
    void a_secret_that_may_not_be_read_says_what_to_do() {
        server.answers(400, () -> "{\"__type\":\"AccessDeniedException\",\"Message\":\"no\"}");
        assertThatExceptionOfType(ApiKeyUnavailableException.class)
                .isThrownBy(key::current)
                .withMessage(
                        "The secret " + ARN + " could not be read (AccessDeniedException): check that it exists and"
                                + " that the function's role may call secretsmanager:GetSecretValue on it, and kms:Decrypt on"
                                + " its key.");
    }

    @Test
    void a_service_out_of_reach_says_so() {
        server.close();
        assertThatExceptionOfType(ApiKeyUnavailableException.class)
                .isThrownBy(key::current)
                .withMessageStartingWith("The secret " + ARN + " could not be read: ");
    }

    @Test
    void after_a_failed_read_the_next_one_tries_again() {
        server.holds("");
        assertThatExceptionOfType(ApiKeyUnavailableException.class).isThrownBy(key::current);
        server.holds("sk_1");
        assertThat(key.current()).isEqualTo("sk_1");
    }

    @Test
    void a_refresh_returns_whether_there_is_another_key_than_the_refused_one() {
        server.holds("sk_1");
        String first = key.current();
        assertThat(key.refresh(first)).isFalse();
        server.holds("sk_2");
        assertThat(key.refresh(first)).isTrue();
        assertThat(key.current()).isEqualTo("sk_2");
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void a_late_caller_with_the_old_key_gets_the_new_one_without_a_read() {
        server.holds("sk_1");
        String first = key.current();
        server.holds("sk_2");
        key.refresh(first);
        assertThat(key.refresh(first)).isTrue();
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void a_refresh_that_fails_leaves_the_key() {
        server.holds("sk_1");
        String first = key.current();
        server.holds("");
        assertThatExceptionOfType(ApiKeyUnavailableException.class).isThrownBy(() -> key.refresh(first));
        assertThat(key.current()).isEqualTo("sk_1");
    }

    @Test
    void a_forbidden_key_is_read_again_when_the_last_read_is_five_minutes_ago() {
        server.holds("sk_1");
        String first = key.current();
        server.holds("sk_2");

        now = now.plus(Duration.ofMinutes(5)).minusMillis(1);
        assertThat(key.refreshAfterForbidden(first)).isFalse();
        assertThat(server.requests()).hasSize(1);

        now = now.plusMillis(1);
        assertThat(key.refreshAfterForbidden(first)).isTrue();
        assertThat(key.current()).isEqualTo("sk_2");
    }

    @Test
    void a_key_that_stays_forbidden_is_read_once_in_five_minutes() {
        server.holds("sk_1");
        String first = key.current();
        for (int seconds = 10; seconds <= 3600; seconds += 10) {
            now = now.plusSeconds(10);
            assertThat(key.refreshAfterForbidden(first)).isFalse();
        }
        assertThat(server.requests()).hasSize(1 + 12);
    }

    @Test
    void a_forbidden_key_that_cannot_be_read_again_stays_and_is_not_read_for_five_minutes() {
        server.holds("sk_1");
        String first = key.current();
        server.holds("");
        now = now.plus(Duration.ofMinutes(5));
        assertThatExceptionOfType(ApiKeyUnavailableException.class).isThrownBy(() -> key.refreshAfterForbidden(first));
        assertThat(key.refreshAfterForbidden(first)).isFalse();
        assertThat(key.current()).isEqualTo("sk_1");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void a_caller_forbidden_with_the_old_key_gets_the_new_one_without_a_read() {
        server.holds("sk_1");
        String first = key.current();
        server.holds("sk_2");
        key.refresh(first);
        assertThat(key.refreshAfterForbidden(first)).isTrue();
        assertThat(server.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk_1", ""})
    void threads_that_ask_at_once_read_once(String secret) throws Exception {
        List<Future<String>> asked = atOnce(secret, key::current);
        for (Future<String> answer : asked) {
            if (secret.isEmpty()) {
                assertThat(failureOf(answer)).isInstanceOf(ApiKeyUnavailableException.class);
            } else {
                assertThat(answer.get()).isEqualTo(secret);
            }
        }
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"sk_1, false", "sk_2, true"})
    void threads_whose_key_was_refused_together_read_once(String secret, boolean changed) throws Exception {
        server.holds("sk_1");
        String refused = key.current();
        for (Future<Boolean> answer : atOnce(secret, () -> key.refresh(refused))) {
            assertThat(answer.get()).isEqualTo(changed);
        }
        assertThat(server.requests()).hasSize(2);
    }

    /** Asks with eight threads, and lets the server answer only when all of them wait: one for it, seven for the one. */
    private <T> List<Future<T>> atOnce(String secret, Callable<T> question) throws InterruptedException {
        var allWait = new CountDownLatch(1);
        server.answers(200, () -> {
            allWait.await();
            return "{\"SecretString\":\"" + secret + "\"}";
        });
        var answers = new ArrayList<Future<T>>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            var answer = new FutureTask<>(question);
            answers.add(answer);
            threads.add(Thread.ofPlatform().daemon().start(answer));
        }
        while (threads.stream()
                        .filter(thread -> thread.getState() == Thread.State.BLOCKED)
                        .count()
                < 7) {
            Thread.onSpinWait();
        }
        allWait.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return answers;
    }

    private static Throwable failureOf(Future<?> answer) {
        return answer.exceptionNow();
    }
}
