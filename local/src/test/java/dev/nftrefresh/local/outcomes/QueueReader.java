package dev.nftrefresh.local.outcomes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Looks into a queue as an operator would. */
final class QueueReader {
    private static final int MAX_PER_CALL = 10;

    private final SqsClient sqs;
    private final String queueUrl;

    QueueReader(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    /** Takes every visible message out. */
    List<Message> take() {
        List<Message> messages = peek(60);
        for (Message message : messages) {
            sqs.deleteMessage(call -> call.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
        }
        return messages;
    }

    /** Receives every visible message, which is then invisible for so long. */
    List<Message> peek(int seconds) {
        List<Message> all = new ArrayList<>();
        List<Message> some;
        do {
            some = receive(seconds);
            all.addAll(some);
        } while (some.size() == MAX_PER_CALL);
        return all;
    }

    private List<Message> receive(int seconds) {
        return sqs.receiveMessage(call -> call.queueUrl(queueUrl)
                        .maxNumberOfMessages(MAX_PER_CALL)
                        .visibilityTimeout(seconds)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                        .messageAttributeNames("All"))
                .messages();
    }

    static Map<String, String> attributes(Message message) {
        Map<String, String> attributes = new TreeMap<>();
        for (var attribute : message.messageAttributes().entrySet()) {
            attributes.put(attribute.getKey(), attribute.getValue().stringValue());
        }
        return attributes;
    }

    static Map<String, MessageAttributeValue> attributes(Map<String, String> texts) {
        Map<String, MessageAttributeValue> attributes = new TreeMap<>();
        texts.forEach((name, text) -> attributes.put(
                name,
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(text)
                        .build()));
        return attributes;
    }
}
