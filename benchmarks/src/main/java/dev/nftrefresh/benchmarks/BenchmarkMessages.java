package dev.nftrefresh.benchmarks;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Queue messages of small tokens, some 290 bytes each, and the events that hold them. */
final class BenchmarkMessages {
    /** A fixed SentTimestamp, so that the same run gives the same versions. */
    private static final long SENT_AT = 1_795_428_000_000L;

    private BenchmarkMessages() {}

    /** So many tokens, so many a message. */
    static List<String> bodies(int firstToken, int tokens, int perMessage) {
        var bodies = new ArrayList<String>();
        for (int first = firstToken; first < firstToken + tokens; first += perMessage) {
            var body = new StringBuilder("{\"chain_name\":\"imtbl-zkevm-testnet\",\"contract_address\":"
                    + "\"0x8a90cab2b38dba80c64b7734e58ee1db38b8992e\",\"updated_at\":\"2026-11-23T10:00:00.123Z\","
                    + "\"nft_metadata\":[");
            for (int id = first; id < first + perMessage; id++) {
                body.append(id == first ? "" : ",").append(token(id));
            }
            bodies.add(body.append("]}").toString());
        }
        return bodies;
    }

    private static String token(int id) {
        return "{\"token_id\":\"" + id + "\",\"name\":\"Sword of dawn\",\"description\":\"A blade\",\"image\":"
                + "\"https://assets.example.com/" + id + ".png\",\"external_url\":null,\"animation_url\":null,"
                + "\"youtube_url\":null,\"attributes\":[{\"display_type\":\"number\",\"trait_type\":\"Power\",\"value\":"
                + id % 100 + "},{\"trait_type\":\"Element\",\"value\":\"fire\"}]}";
    }

    /** The event that Lambda would make of these messages. */
    static byte[] event(List<String> bodies) {
        var event = new StringBuilder("{\"Records\":[");
        for (int i = 0; i < bodies.size(); i++) {
            event.append(i == 0 ? "" : ",")
                    .append("{\"messageId\":\"059f36b4-87a3-44ab-83d2-")
                    .append(100_000_000_000L + i)
                    .append("\",\"receiptHandle\":\"")
                    .append("AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a".repeat(5))
                    .append("\",\"body\":\"")
                    .append(JsonStringEncoder.getInstance().quoteAsString(bodies.get(i)))
                    .append("\",\"attributes\":{\"ApproximateReceiveCount\":\"1\",\"SentTimestamp\":\"")
                    .append(SENT_AT)
                    .append("\",\"SenderId\":\"AIDAIENQZJOLO23YVJ4VO\",\"ApproximateFirstReceiveTimestamp\":\"")
                    .append(SENT_AT)
                    .append("\"},\"messageAttributes\":{},\"md5OfBody\":\"e4e68fb7bd0e697a0ae8f1bb342846b3\",")
                    .append("\"eventSource\":\"aws:sqs\",\"eventSourceARN\":\"arn:aws:sqs:eu-west-1:123456789012:q\",")
                    .append("\"awsRegion\":\"eu-west-1\"}");
        }
        return event.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
