package dev.nftrefresh.operator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Answers CloudFormation's calls, and any other service's with one answer, as AWS words them. */
final class AwsStub implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-30T14:37:00Z");
    private static final String OF_JSON_SERVICES = "X-Amz-Target";

    private final HttpServer server;
    private volatile Answer cloudFormation = new Answer(500, "");
    private volatile Answer others = new Answer(500, "");

    /** An answer. */
    record Answer(int status, String body) {}

    AwsStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean ofCloudFormation =
                    request.contains("Action=DescribeStack") || request.contains("Action=UpdateStack");
            Answer answer = ofCloudFormation ? cloudFormation : others;
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .add(
                            "Content-Type",
                            exchange.getRequestHeaders().containsKey(OF_JSON_SERVICES)
                                    ? "application/x-amz-json-1.0"
                                    : "text/xml");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    void cloudFormationAnswers(int status, String body) {
        cloudFormation = new Answer(status, body);
    }

    void othersAnswer(int status, String body) {
        others = new Answer(status, body);
    }

    static String error(String code, String message) {
        return "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>"
                .formatted(code, message);
    }

    /** What DescribeStacks answers of a stack with these outputs. */
    static String stack(Map<String, String> outputs) {
        var members = new StringBuilder();
        outputs.forEach((key, value) -> members.append(
                "<member><OutputKey>%s</OutputKey><OutputValue>%s</OutputValue></member>".formatted(key, value)));
        return """
                <DescribeStacksResponse><DescribeStacksResult><Stacks><member>
                <StackName>nft-refresh-sandbox</StackName><StackId>arn:aws:cloudformation:eu-west-1:1:stack/x/1</StackId>
                <StackStatus>CREATE_COMPLETE</StackStatus><Outputs>%s</Outputs>
                </member></Stacks></DescribeStacksResult></DescribeStacksResponse>""".formatted(members);
    }

    OperatorEnvironment environment() {
        return new OperatorEnvironment(this::clients, InstantSource.fixed(NOW), Map.of());
    }

    private OperatorClients clients() {
        return OperatorClients.of(
                Region.EU_WEST_1,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")),
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
