package dev.nftrefresh.local.letters;

import com.sun.net.httpserver.HttpExchange;
import dev.nftrefresh.local.http.LocalHttpServer;
import dev.nftrefresh.local.sqs.LocalSqsQueues;
import dev.nftrefresh.local.sqs.SentMessageListener;
import dev.nftrefresh.local.sqs.SqsQueueSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/**
 * A stack whose queues are in this JVM, behind a port as the AWS SDK calls them, and CloudFormation as far as it
 * describes that stack. The SDK finds it by system properties until this is closed.
 */
final class StandInStack implements AutoCloseable {
    static final String NAME = "nft-refresh-sandbox";

    final LocalSqsQueues queues =
            new LocalSqsQueues(new SqsQueueSettings("nft-refresh", Duration.ofMinutes(11), 1), Clock.systemUTC());
    private final LocalHttpServer cloudFormation;
    private final LocalHttpServer denying;
    private final URI sqs;
    private final Map<String, String> properties = new HashMap<>();

    StandInStack() throws IOException {
        var credentials = AwsBasicCredentials.create("AKIASTANDIN", "stand-in");
        sqs = queues.listen(0, credentials, SentMessageListener.UNHEARD);
        cloudFormation = LocalHttpServer.start(0, this::describe);
        denying = LocalHttpServer.start(0, StandInStack::deny);
        set("aws.region", LocalSqsQueues.REGION);
        set("aws.accessKeyId", credentials.accessKeyId());
        set("aws.secretAccessKey", credentials.secretAccessKey());
        set("aws.endpointUrlCloudFormation", cloudFormation.address().toString());
        set("aws.endpointUrlSqs", sqs.toString());
    }

    private void set(String name, String value) {
        properties.putIfAbsent(name, System.getProperty(name, ""));
        System.setProperty(name, value);
    }

    /** From now on no caller has the right to call SQS. */
    void denyQueues() {
        set("aws.endpointUrlSqs", denying.address().toString());
    }

    private void describe(HttpExchange exchange) throws IOException {
        String call = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean known = call.contains("StackName=" + NAME);
        answer(exchange, known ? 200 : 400, known ? described() : """
                <ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code>\
                <Message>Stack with id it does not exist</Message></Error><RequestId>1</RequestId></ErrorResponse>""");
    }

    private String described() {
        var outputs = new StringBuilder();
        Map.of(
                        "RefreshQueueUrl", queues.queueUrl(sqs),
                        "DeadLetterQueueUrl", queues.queueUrl(sqs) + "-dead-letters",
                        "BulkQueueUrl", queues.queueUrl(sqs) + "-bulk",
                        "BulkDeadLetterQueueUrl", queues.queueUrl(sqs) + "-bulk-dead-letters",
                        "BulkRefreshQueueUrl", queues.queueUrl(sqs) + "-bulk-refresh",
                        "TableName", "table")
                .forEach((key, value) ->
                        outputs.append("<member><OutputKey>%s</OutputKey><OutputValue>%s</OutputValue></member>"
                                .formatted(key, value)));
        return """
                <DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>%s</StackName>\
                <StackId>arn:aws:cloudformation:us-east-1:000000000000:stack/%s/1</StackId>\
                <CreationTime>2026-11-23T10:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus>\
                <Outputs>%s</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>""".formatted(NAME, NAME, outputs);
    }

    /** As SQS says it: with the action in lower case. */
    private static void deny(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        String action = target.substring(target.indexOf('.') + 1).toLowerCase(Locale.ROOT);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        answer(exchange, 403, """
                {"__type":"com.amazon.coral.service#AccessDeniedException","message":"User: arn:aws:iam::000000000000:user/ann \
                is not authorized to perform: sqs:%s because no identity-based policy allows it"}""".formatted(action));
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        properties.forEach((name, before) -> {
            if (before.isEmpty()) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, before);
            }
        });
        queues.close();
        cloudFormation.close();
        denying.close();
    }
}
