package dev.nftrefresh.operator.letters;

import dev.nftrefresh.local.SettableClock;
import dev.nftrefresh.local.sqs.LocalSqsQueues;
import dev.nftrefresh.local.sqs.QueueDepth;
import dev.nftrefresh.local.sqs.SqsQueueSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** The queues of a stack in this JVM, a clock that moves with each call, and letters of each kind. */
final class LetterStage {
    static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");
    static final String CONTRACT = "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e";
    static final String OTHER_CONTRACT = "0x7e57000000000000000000000000000000000002";

    final SettableClock clock = new SettableClock(BEGIN);
    final LocalSqsQueues local;
    final SqsClient sqs;
    final LetterQueues queues;

    LetterStage() {
        local = new LocalSqsQueues(new SqsQueueSettings("nft-refresh", Duration.ofMinutes(11), 1), clock);
        sqs = local.client();
        queues = new LetterQueues(
                local.deadLetterQueueUrl(),
                local.bulkDeadLetterQueueUrl(),
                local.queueUrl(),
                local.bulkRefreshQueueUrl(),
                local.bulkQueueUrl());
    }

    /** A process that is not killed; time passes with each of its calls. */
    FaultySqs process() {
        return FaultySqs.lasting(sqs, () -> clock.advance(Duration.ofMillis(1)));
    }

    RedriveResult redrive(LetterFilter filter) {
        return redrive(filter, process());
    }

    RedriveResult redrive(LetterFilter filter, FaultySqs process) {
        return redrive(filter, LetterDestination.REFRESH, process);
    }

    RedriveResult redrive(LetterFilter filter, LetterDestination withoutLane, FaultySqs process) {
        return new DeadLetterRedrive(process, queues, filter, withoutLane, clock, false, () -> false).run(_ -> {});
    }

    RedriveResult dryRun(LetterFilter filter) {
        return new DeadLetterRedrive(process(), queues, filter, LetterDestination.REFRESH, clock, true, () -> false)
                .run(_ -> {});
    }

    LetterListing list(LetterFilter filter) {
        var listing = new LetterListing(queues, filter);
        listing.read(process(), clock, _ -> {}, () -> false, () -> {});
        return listing;
    }

    static String token(Object id) {
        return """
                {"token_id":"%s","name":"Sword","description":null,"image":null,"external_url":null,\
                "animation_url":null,"youtube_url":null,"attributes":[]}""".formatted(id);
    }

    /** A message that says no time. */
    static String message(Object id) {
        return "{\"chain_name\":\"imtbl-zkevm-testnet\",\"contract_address\":\"%s\",\"nft_metadata\":[%s]}"
                .formatted(CONTRACT, token(id));
    }

    static String messageOf(Instant updatedAt, Object id) {
        return withTime(message(id), updatedAt);
    }

    static String withTime(String message, Instant updatedAt) {
        return message.replaceFirst("\\{", "{\"updated_at\":\"" + updatedAt + "\",");
    }

    static String notice(Object id) {
        return """
                {"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"bucket"},"object":\
                {"key":"incoming/imtbl-zkevm-testnet/%s/season%%2B%s.ndjson","size":5}}}]}""".formatted(CONTRACT, id);
    }

    /** A letter as the function sends it. */
    void letter(String reason, String lane, String body) {
        send(
                queues.deadLetterQueueUrl(),
                body,
                Map.of(
                        "RejectReason",
                        reason,
                        "RejectDetail",
                        "Because of " + reason + ".",
                        "SourceMessageId",
                        "m-1",
                        "SourceSentAt",
                        String.valueOf(clock.instant().minusSeconds(3_600).toEpochMilli()),
                        "Lane",
                        lane));
    }

    /** A message that SQS moves by itself, as it was received too often. */
    void moved(String queueUrl, String body, Map<String, String> attributes) {
        send(queueUrl, body, attributes);
        for (int receive = 0; receive < 2; receive++) {
            sqs.receiveMessage(
                    call -> call.queueUrl(queueUrl).maxNumberOfMessages(10).visibilityTimeout(0));
        }
    }

    void send(String queueUrl, String body, Map<String, String> attributes) {
        var values = new HashMap<String, MessageAttributeValue>();
        attributes.forEach((name, value) -> values.put(
                name,
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(value)
                        .build()));
        sqs.sendMessage(call -> call.queueUrl(queueUrl).messageBody(body).messageAttributes(values));
    }

    /** Takes all that is visible out of a queue. */
    List<Message> take(String queueUrl) {
        var taken = new ArrayList<Message>();
        List<Message> some;
        do {
            some = sqs.receiveMessage(call -> call.queueUrl(queueUrl)
                            .maxNumberOfMessages(10)
                            .messageAttributeNames("All")
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                    .messages();
            some.forEach(message ->
                    sqs.deleteMessage(call -> call.queueUrl(queueUrl).receiptHandle(message.receiptHandle())));
            taken.addAll(some);
        } while (!some.isEmpty());
        return taken;
    }

    QueueDepth depth(String queueUrl) {
        return QueueDepth.of(sqs, queueUrl);
    }
}
