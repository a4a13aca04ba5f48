package dev.nftrefresh.operator.letters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LetterReasonTest {
    @ParameterizedTest
    @CsvSource({
        "MALFORMED_JSON, true",
        "INVALID_MESSAGE, true",
        "INVALID_TOKEN, true",
        "INVALID_OF_A_NEWER_RELEASE, true",
        "TOKEN_TOO_LARGE, false",
        "WRONG_CHAIN, false",
        "EXPIRED, false",
        "NONE, false",
        "FILE_NOT_LOADED, false"
    })
    void mistakesOfProducersAreSentOnlyByName(String reason, boolean onlyByName) {
        assertThat(new LetterReason(reason).goesOnlyByName()).isEqualTo(onlyByName);
    }

    @ParameterizedTest
    @MethodSource("dev.nftrefresh.operator.letters.LetterReason#known")
    void eachKnownReasonHasAdviceOfItsOwn(String reason) {
        assertThat(new LetterReason(reason).advice()).isNotEqualTo(new LetterReason("ANOTHER").advice());
    }
}
