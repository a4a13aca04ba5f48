package dev.nftrefresh.local.queue;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A function that keeps the events that it got, and answers what the test says. */
final class RecordingHandler implements RequestStreamHandler {
    static final String ALL_DONE = "{\"batchItemFailures\":[]}";

    record HandlerInvocation(JsonNode event, int bytes, Context context) {
        List<String> bodies() {
            List<String> bodies = new ArrayList<>();
            event.get("Records").forEach(one -> bodies.add(one.get("body").asText()));
            return bodies;
        }
    }

    interface HandlerAnswer {
        String to(JsonNode event) throws IOException, InterruptedException;
    }

    private final BlockingQueue<HandlerInvocation> invocations = new LinkedBlockingQueue<>();
    private final HandlerAnswer answer;

    RecordingHandler(HandlerAnswer answer) {
        this.answer = answer;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        byte[] bytes = in.readAllBytes();
        JsonNode event = new ObjectMapper().readTree(bytes);
        invocations.add(new HandlerInvocation(event, bytes.length, context));
        try {
            out.write(answer.to(event).getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The next invocation; a test waits for it. */
    HandlerInvocation next() throws InterruptedException {
        HandlerInvocation next = invocations.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("The function was not invoked.");
        }
        return next;
    }

    boolean wasInvokedAgain() {
        return !invocations.isEmpty();
    }
}
