package dev.nftrefresh.local.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import dev.nftrefresh.local.http.LocalHttpServer;
import java.io.IOException;
import java.net.URI;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** The port behind which other processes find the queues: SQS's JSON protocol, for signed requests only. */
final class SqsHttpEndpoint implements AutoCloseable {
    /** A batch has 1 MiB of text, of which JSON may escape each byte as six. */
    private static final int MOST_READ = 8 * 1_024 * 1_024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SqsClient queues;
    private final SignatureVerifier signatures;
    private final LocalHttpServer server;

    private SqsHttpEndpoint(int port, SqsClient queues, SignatureVerifier signatures) throws IOException {
        this.queues = queues;
        this.signatures = signatures;
        server = LocalHttpServer.start(port, this::handle);
    }

    /** Starts on this port of loopback; 0 takes a free one. */
    static SqsHttpEndpoint start(int port, SqsClient queues, SignatureVerifier signatures) throws IOException {
        return new SqsHttpEndpoint(port, queues, signatures);
    }

    URI address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                byte[] body = exchange.getRequestBody().readNBytes(MOST_READ);
                signatures.check(
                        exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders(), body);
                String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
                SdkPojo answer = answer(target.substring(target.indexOf('.') + 1), read(body));
                write(exchange, 200, SdkJsonConverter.of(answer));
            } catch (SqsErrorException e) {
                writeError(exchange, e.asException());
            } catch (SqsException e) {
                writeError(exchange, e);
            } catch (AbortedException _) {
                // The server is closing; the connection goes with it.
            }
        }
    }

    private static JsonNode read(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new SqsErrorException("SerializationException", "The request's body is not JSON.");
        }
    }

    private SdkPojo answer(String action, JsonNode call) {
        return switch (action) {
            case "SendMessage" ->
                queues.sendMessage(SdkJsonConverter.into(SendMessageRequest.builder(), call)
                        .build());
            case "SendMessageBatch" ->
                queues.sendMessageBatch(SdkJsonConverter.into(SendMessageBatchRequest.builder(), call)
                        .build());
            case "ReceiveMessage" ->
                queues.receiveMessage(SdkJsonConverter.into(ReceiveMessageRequest.builder(), call)
                        .build());
            case "DeleteMessage" ->
                queues.deleteMessage(SdkJsonConverter.into(DeleteMessageRequest.builder(), call)
                        .build());
            case "DeleteMessageBatch" ->
                queues.deleteMessageBatch(SdkJsonConverter.into(DeleteMessageBatchRequest.builder(), call)
                        .build());
            case "ChangeMessageVisibility" ->
                queues.changeMessageVisibility(SdkJsonConverter.into(ChangeMessageVisibilityRequest.builder(), call)
                        .build());
            case "ChangeMessageVisibilityBatch" ->
                queues.changeMessageVisibilityBatch(
                        SdkJsonConverter.into(ChangeMessageVisibilityBatchRequest.builder(), call)
                                .build());
            case "GetQueueAttributes" ->
                queues.getQueueAttributes(SdkJsonConverter.into(GetQueueAttributesRequest.builder(), call)
                        .build());
            default ->
                throw new SqsErrorException(
                        "UnsupportedOperation", "The stand-in for SQS does not know " + action + ".");
        };
    }

    private static void writeError(HttpExchange exchange, SqsException error) throws IOException {
        String code = error.awsErrorDetails().errorCode();
        exchange.getResponseHeaders()
                .set("x-amzn-query-error", code + (error.statusCode() < 500 ? ";Sender" : ";Receiver"));
        write(
                exchange,
                error.statusCode(),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("__type", "com.amazonaws.sqs#" + code)
                        .put("message", error.awsErrorDetails().errorMessage()));
    }

    private static void write(HttpExchange exchange, int status, JsonNode answer) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
