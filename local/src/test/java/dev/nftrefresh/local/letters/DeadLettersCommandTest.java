package dev.nftrefresh.local.letters;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nftrefresh.local.sqs.QueueDepth;
import dev.nftrefresh.operator.OperatorEnvironment;
import dev.nftrefresh.operator.letters.DeadLettersCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** The commands as they are typed, on queues behind a port. */
@SuppressWarnings("NullAway.Init")
class DeadLettersCommandTest {
    private static final String CONTRACT = "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e";
    private static final String MESSAGE = """
            {"chain_name":"imtbl-zkevm-testnet","contract_address":"%s","updated_at":"2026-11-23T10:00:00Z",\
            "nft_metadata":[{"token_id":"1"},{"token_id":"2"}]}""".formatted(CONTRACT);

    private StandInStack stack;
    private SqsClient sqs;

    @BeforeEach
    void start() throws IOException {
        stack = new StandInStack();
        sqs = stack.queues.client();
    }

    @AfterEach
    void stop() {
        sqs.close();
        stack.close();
    }

    private record Printed(int status, String out, String err) {}

    private static Printed type(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int status = DeadLettersCommand.in(OperatorEnvironment.ofThisProcess())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
        return new Printed(status, out.toString(), err.toString());
    }

    private void letter(String reason, String detail, String body) {
        var attributes = new HashMap<String, MessageAttributeValue>();
        Map.of("RejectReason", reason, "RejectDetail", detail, "Lane", "bulk")
                .forEach((name, value) -> attributes.put(
                        name,
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue(value)
                                .build()));
        sqs.sendMessage(call -> call.queueUrl(stack.queues.deadLetterQueueUrl())
                .messageBody(body)
                .messageAttributes(attributes));
    }

    private QueueDepth letters() {
        return QueueDepth.of(sqs, stack.queues.deadLetterQueueUrl());
    }

    @Test
    void listGroupsTheLettersAndLeavesThemThere() {
        letter("COLLECTION_NOT_FOUND", "Immutable does not know the collection.", MESSAGE);
        letter("COLLECTION_NOT_FOUND", "Immutable does not know the collection.", MESSAGE);
        letter("MALFORMED_JSON", "The body cannot be read as JSON: line 1.", "nonsense");

        Printed printed = type("list");

        assertThat(printed.status()).as(printed.err()).isZero();
        assertThat(printed.out())
                .startsWith("3 dead letters in nft-refresh-sandbox.\n\nCOLLECTION_NOT_FOUND: 2 letters, 4 tokens\n")
                .contains("\ncollection    imtbl-zkevm-testnet/" + CONTRACT + "\n")
                .contains("\ngoes to       the bulk refresh queue\n")
                .contains("\ndetails       Immutable does not know the collection.\n")
                .contains("\nMALFORMED_JSON: 1 letter\ncollection    unknown\n")
                .endsWith("SQS counts no more letters; its count may lag a minute behind.\n");
        assertThat(printed.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(letters()).isEqualTo(new QueueDepth(3, 0, 0));
    }

    @Test
    void listPrintsWholeLettersAsJson() throws IOException {
        letter("EXPIRED", "It waited for 13 days.", MESSAGE);
        letter("MALFORMED_JSON", "The body cannot be read.", "nonsense");

        Printed printed = type("list", "--json", "--reason", "expired");

        assertThat(printed.status()).isZero();
        JsonNode list = new ObjectMapper().readTree(printed.out());
        assertThat(list.get("letters")).hasSize(1);
        JsonNode letter = list.get("letters").get(0);
        assertThat(letter.get("body").asText()).isEqualTo(MESSAGE);
        assertThat(letter.get("attributes").get("RejectDetail").asText()).isEqualTo("It waited for 13 days.");
        assertThat(letter.get("goes_to").asText()).isEqualTo("bulk_refresh");
        assertThat(list.get("letters_read").asInt()).isEqualTo(2);
        assertThat(list.get("letters_matching").asInt()).isEqualTo(1);
        assertThat(list.get("complete").asBoolean()).isTrue();
    }

    @Test
    void redriveSaysWhatItWouldDoAndThenDoesIt() {
        letter("EXPIRED", "It waited for 13 days.", MESSAGE);
        letter("INVALID_TOKEN", "Token 1 has no name.", MESSAGE);
        letterOfAnEarlierSecond();

        Printed dry = type("redrive", "--dry-run");

        assertThat(dry.status()).as(dry.err()).isZero();
        assertThat(dry.out()).startsWith("""
                        Dry run, nothing is changed. 1 dead letter of nft-refresh-sandbox would go back.
                          EXPIRED: 1 letter to the bulk refresh queue
                        1 letter would stay:
                          INVALID_TOKEN: 1 letter, only with --reason INVALID_TOKEN, once the mistake is
                        """);
        assertThat(letters()).isEqualTo(new QueueDepth(2, 0, 0));

        Printed real = type("redrive", "--yes");

        assertThat(real.status()).as(real.err()).isZero();
        assertThat(real.out()).startsWith("1 dead letter of nft-refresh-sandbox went back.\n");
        assertThat(letters()).isEqualTo(new QueueDepth(1, 0, 0));
        assertThat(QueueDepth.of(sqs, stack.queues.bulkRefreshQueueUrl())).isEqualTo(new QueueDepth(1, 0, 0));
    }

    /** SQS reports times in whole seconds, so a redrive treats a letter of a second before its start as newer. */
    private void letterOfAnEarlierSecond() {
        var second = System.currentTimeMillis() / 1_000;
        while (System.currentTimeMillis() / 1_000 == second) {
            Thread.onSpinWait();
        }
    }

    @Test
    void redriveWithoutATerminalDoesNotAsk() {
        Printed printed = type("redrive", "--json");

        assertThat(printed.status()).isZero();
        assertThat(printed.out()).contains("\"letters_sent_back\" : 0", "\"complete\" : true");
    }

    @Test
    void aMissingRightIsNamed() {
        stack.denyQueues();

        Printed list = type("list");

        assertThat(list.status()).as(list.out() + list.err()).isEqualTo(4);
        assertThat(list.err()).containsIgnoringCase("You lack the right sqs:ReceiveMessage");

        assertThat(list.out()).isEmpty();
        Printed redrive = type("redrive");

        assertThat(redrive.status()).isEqualTo(4);
        assertThat(redrive.out()).isEmpty();
        assertThat(redrive.err()).containsIgnoringCase("You lack the right sqs:GetQueueAttributes");
    }

    @Test
    void aWrongReasonOrContractIsAWrongCommandLine() {
        assertThat(type("list", "--reason", "EXPIRD"))
                .satisfies(printed -> assertThat(printed.status()).isEqualTo(2))
                .satisfies(printed -> assertThat(printed.err()).contains("--reason is EXPIRD", "COLLECTION_NOT_FOUND"));
        assertThat(type("redrive", "--contract", "0x1"))
                .satisfies(printed -> assertThat(printed.status()).isEqualTo(2))
                .satisfies(printed -> assertThat(printed.err())
                        .contains("--contract must be 0x and 40 hexadecimal digits, not 0x1."));
        assertThat(type()).satisfies(printed -> assertThat(printed.status()).isEqualTo(2));
    }

    @Test
    void anotherStackIsNotMistakenForThisOne() {
        Printed printed = type("list", "--stack", "another");

        assertThat(printed.status()).isEqualTo(4);
        assertThat(printed.err()).contains("There is no stack another");
    }
}
