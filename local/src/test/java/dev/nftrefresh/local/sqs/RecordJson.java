package dev.nftrefresh.local.sqs;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;

/** A delivery as a record of Lambda's event; written by hand, because a run writes millions. */
final class RecordJson {
    private RecordJson() {}

    static byte[] of(MessageDelivery delivery, String queueName) {
        var json = new StringBuilder(delivery.body().length() + 700)
                .append("{\"messageId\":\"")
                .append(delivery.messageId())
                .append("\",\"receiptHandle\":\"")
                .append(delivery.receiptHandle())
                .append("\",\"body\":\"");
        JsonStringEncoder.getInstance().quoteAsString(delivery.body(), json);
        json.append("\",\"attributes\":{\"ApproximateReceiveCount\":\"")
                .append(delivery.receiveCount())
                .append("\",\"SentTimestamp\":\"")
                .append(delivery.sentAt().toEpochMilli())
                .append("\",\"SenderId\":\"")
                .append(delivery.senderId())
                .append("\",\"ApproximateFirstReceiveTimestamp\":\"")
                .append(delivery.firstReceivedAt().toEpochMilli())
                .append("\"},\"messageAttributes\":{");
        String comma = "";
        for (var attribute : delivery.attributes().properties()) {
            json.append(comma).append('"').append(attribute.getKey()).append("\":{\"stringValue\":\"");
            JsonStringEncoder.getInstance()
                    .quoteAsString(attribute.getValue().path("StringValue").asText(), json);
            json.append("\",\"stringListValues\":[],\"binaryListValues\":[],\"dataType\":\"String\"}");
            comma = ",";
        }
        return json.append("},\"md5OfBody\":\"")
                .append(delivery.bodyMd5())
                .append("\",\"eventSource\":\"aws:sqs\",\"eventSourceARN\":\"")
                .append("arn:aws:sqs:us-east-1:000000000000:")
                .append(queueName)
                .append("\",\"awsRegion\":\"us-east-1\"}")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
