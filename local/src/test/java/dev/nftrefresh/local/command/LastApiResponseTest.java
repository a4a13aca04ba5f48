package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastApiResponseTest {
    private final LastApiResponse answers = new LastApiResponse(() -> Instant.EPOCH);

    private void answered(String collection, String outcome) {
        byte[] line = """
                {"level":"%s","message":"refresh","outcome":"%s","collection":"%s"}""".formatted(outcome.equals("Accepted") ? "INFO" : "WARN", outcome, collection)
                .getBytes(StandardCharsets.UTF_8);
        answers.read(line, line.length);
    }

    @Test
    void knowsNothingOfTheKeyBeforeTheFirstAnswer() {
        assertThat(answers.isForbiddenEverywhere()).isFalse();
    }

    @Test
    void blamesTheKeyWhereEachCollectionIsForbidden() {
        answered("a", "Forbidden");
        answered("b", "Forbidden");
        answered("a", "Forbidden");

        assertThat(answers.isForbiddenEverywhere()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"Accepted,Forbidden", "Forbidden,Accepted", "Refused,Forbidden", "Forbidden,CollectionNotFound"})
    void doesNotBlameAKeyThatGotThroughOnce(String first, String second) {
        answered("a", first);
        answered("b", second);

        assertThat(answers.isForbiddenEverywhere()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Failed", "Throttled", "Unknown"})
    void waitsForTheAnswerOfACollectionThatFailed(String failed) {
        answered("a", "Forbidden");
        answered("b", failed);
        assertThat(answers.isForbiddenEverywhere()).isFalse();

        answered("b", "Forbidden");
        assertThat(answers.isForbiddenEverywhere()).isTrue();
    }
}
