package dev.nftrefresh.local.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Receives for one poller, with several calls at once as long as they return full batches. */
final class MessageReceiver {
    private static final int MAX_PER_CALL = 10;
    private static final int MAX_CALLS = 8;

    private final SqsClient sqs;
    private final String queueUrl;
    private final ExecutorService threads;
    private final InFlightLimit inFlight;
    private final EventSourceMappingListener listener;
    private int calls = 1;

    MessageReceiver(
            SqsClient sqs,
            String queueUrl,
            ExecutorService threads,
            InFlightLimit inFlight,
            EventSourceMappingListener listener) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.threads = threads;
        this.inFlight = inFlight;
        this.listener = listener;
    }

    /** The messages that are there now, up to {@code remaining}; none when the queue has none, or fails. */
    List<Message> receive(int remaining) throws InterruptedException {
        List<Callable<List<Message>>> round = new ArrayList<>();
        int asked = 0;
        while (round.size() < calls && asked < remaining) {
            int share = Math.min(MAX_PER_CALL, remaining - asked);
            if (!inFlight.take(share)) {
                break;
            }
            round.add(() -> receiveOnce(share));
            asked += share;
        }
        List<Message> messages = new ArrayList<>(asked);
        for (Future<List<Message>> call : threads.invokeAll(round)) {
            try {
                messages.addAll(call.get());
            } catch (ExecutionException e) {
                listener.queueFailed("A receive failed; the poller tries again.", e.getCause());
            }
        }
        calls = asked > 0 && messages.size() == asked ? Math.min(calls * 2, MAX_CALLS) : 1;
        return messages;
    }

    private List<Message> receiveOnce(int max) {
        List<Message> messages = sqs.receiveMessage(call -> call.queueUrl(queueUrl)
                        .maxNumberOfMessages(max)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                        .messageAttributeNames("All"))
                .messages();
        if (!messages.isEmpty()) {
            listener.received(messages.size());
            messages.forEach(listener::delivered);
        }
        return messages;
    }
}
