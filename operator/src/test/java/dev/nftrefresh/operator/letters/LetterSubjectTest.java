package dev.nftrefresh.operator.letters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterSubjectTest {
    private static final String CONTRACT = "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e";
    private static final String MESSAGE = """
            {"chain_name":"imtbl-zkevm-testnet","contract_address":"0x8A90cab2b38dba80c64b7734e58ee1db38b8992e",
             "nft_metadata":[{"token_id":"1","updated_at":1},{"token_id":"2"}]}""";

    @Test
    void aMessageNamesItsCollectionAndItsTokens() {
        LetterSubject subject = LetterSubject.ofUpdates(MESSAGE);

        assertThat(subject.collection()).isEqualTo("imtbl-zkevm-testnet/" + CONTRACT);
        assertThat(subject.tokens()).isEqualTo(2);
        assertThat(subject.isOf(CONTRACT)).isTrue();
        assertThat(subject.isOf("0x7e57000000000000000000000000000000000002")).isFalse();
    }

    @Test
    void aMessageWithoutATimeLacksItsVersionWhateverItsTokensSay() {
        assertThat(LetterSubject.ofUpdates(MESSAGE).lacksVersion()).isTrue();
        assertThat(LetterSubject.ofUpdates(MESSAGE.replaceFirst("\\{", "{\"updated_at\":1763892000123,"))
                        .lacksVersion())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nonsense", "[]", "{\"chain_name\":\"a\"", "{} {}", "{\"nft_metadata\":[1,2", "\"text\""})
    void anUnreadableBodyIsLeftUnchanged(String body) {
        LetterSubject subject = LetterSubject.ofUpdates(body);

        assertThat(subject.lacksVersion()).isFalse();
        assertThat(subject.collection()).isEqualTo("unknown");
    }

    @Test
    void anObjectWithoutFieldsGetsNoTime() {
        assertThat(LetterSubject.ofUpdates("{}").lacksVersion()).isFalse();
    }

    @Test
    void numbersAndDepthsThatTheFunctionReadsAreReadToo() {
        String number = "9".repeat(5_000);
        String deep = "[".repeat(900) + "]".repeat(900);

        assertThat(LetterSubject.ofUpdates("{\"nft_metadata\":[{\"a\":" + number + ",\"b\":" + deep + "}]}")
                        .lacksVersion())
                .isTrue();
    }

    @Test
    void aNotificationNamesItsFileAndItsCollection() {
        LetterSubject subject = LetterSubject.ofFile("""
                {"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"configurationId":"x",
                 "bucket":{"name":"stack-bulk","ownerIdentity":{"principalId":"A"},"arn":"arn:aws:s3:::stack-bulk"},
                 "object":{"key":"incoming/imtbl-zkevm-testnet/0x8a90cab2b38dba80c64b7734e58ee1db38b8992e/a+b%2Bc.csv"}}}]}""");

        assertThat(subject.file()).isEqualTo("s3://stack-bulk/incoming/imtbl-zkevm-testnet/" + CONTRACT + "/a b+c.csv");
        assertThat(subject.collection()).isEqualTo("imtbl-zkevm-testnet/" + CONTRACT);
        assertThat(subject.lacksVersion()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{\"Event\":\"s3:TestEvent\"}", "{\"Records\":[]}"})
    void anyOtherMessageNamesNoFile(String body) {
        assertThat(LetterSubject.ofFile(body).file()).isNull();
    }
}
