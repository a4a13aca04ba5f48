package com.example.game;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** Answers 200 and refuses the messages that it was told to refuse, call by call. */
final class PartlyFailingSqs implements SqsClient {
    private final Queue<Set<String>> refusedIds = new ArrayDeque<>();
    private final List<List<String>> calls = new ArrayList<>();
    private final List<String> queued = new ArrayList<>();
    private final boolean senderFault;

    PartlyFailingSqs(boolean senderFault) {
        this.senderFault = senderFault;
    }

    PartlyFailingSqs refusesInNextCall(String... ids) {
        refusedIds.add(Set.of(ids));
        return this;
    }

    List<String> queued() {
        return queued;
    }

    List<Integer> callSizes() {
        return calls.stream().map(List::size).toList();
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest call) {
        Set<String> refused = refusedIds.isEmpty() ? Set.of() : new HashSet<>(refusedIds.remove());
        var failed = new ArrayList<BatchResultErrorEntry>();
        var bodies = new ArrayList<String>();
        for (var entry : call.entries()) {
            bodies.add(entry.messageBody());
            if (refused.contains(entry.id())) {
                failed.add(BatchResultErrorEntry.builder()
                        .id(entry.id())
                        .code(senderFault ? "InvalidMessageContents" : "InternalError")
                        .senderFault(senderFault)
                        .build());
            } else {
                queued.add(entry.messageBody());
            }
        }
        calls.add(bodies);
        return SendMessageBatchResponse.builder().failed(failed).build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
