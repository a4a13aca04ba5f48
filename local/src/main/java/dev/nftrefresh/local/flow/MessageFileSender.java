package dev.nftrefresh.local.flow;

import dev.nftrefresh.local.sqs.SqsLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Queues a file that holds one message a line. What was queued so far may be asked by any thread. */
final class MessageFileSender {
    private final Path file;
    private final Consumer<String> complaints;
    private final BiConsumer<MessageLine, String> sent;
    private final LongAdder messages = new LongAdder();
    private final LongAdder tokens = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /** {@code complaints} gets a sentence about each line that cannot be queued. */
    MessageFileSender(Path file, Consumer<String> complaints) {
        this(file, complaints, (_, _) -> {});
    }

    /** The same, and {@code sent} gets the message id of each line that is queued. */
    MessageFileSender(Path file, Consumer<String> complaints, BiConsumer<MessageLine, String> sent) {
        this.file = file;
        this.complaints = complaints;
        this.sent = sent;
    }

    /** What was queued, and what was not. */
    record QueuedCounts(long messages, long tokens, long refused) {}

    /** When messages go that are queued one by one. */
    interface SendingTurns {
        /** Waits until the next message may go; false if none may go any more. */
        boolean await() throws InterruptedException;

        /** This message is about to be queued. */
        void queues(String body);
    }

    /** What was queued so far, and what was not. */
    QueuedCounts queued() {
        return new QueuedCounts(messages.sum(), tokens.sum(), refused.sum());
    }

    /** Queues every line that is not blank, until the end of the file or until {@code stopped}. */
    QueuedCounts queue(SqsClient sqs, String queueUrl, BooleanSupplier stopped) throws IOException {
        try (var lines = new MessageLineReader(file)) {
            BatchMessageSender sender = sender(sqs, queueUrl);
            @Nullable MessageLine line = lines.next();
            while (line != null && !stopped.getAsBoolean()) {
                if (isMessage(line)) {
                    send(sender, line);
                }
                line = lines.next();
            }
            sender.flush();
        }
        return queued();
    }

    /** The same, each message in its turn and in a call of its own. */
    void queueOneByOne(SqsClient sqs, String queueUrl, SendingTurns turns) throws IOException, InterruptedException {
        try (var lines = new MessageLineReader(file)) {
            BatchMessageSender sender = sender(sqs, queueUrl);
            for (MessageLine line = lines.next(); line != null; line = lines.next()) {
                if (isMessage(line)) {
                    if (!turns.await()) {
                        return;
                    }
                    turns.queues(line.text());
                    send(sender, line);
                    sender.flush();
                }
            }
        }
    }

    private BatchMessageSender sender(SqsClient sqs, String queueUrl) {
        return new BatchMessageSender(sqs, queueUrl, sent, (line, why) -> {
            messages.decrement();
            tokens.add(-TokenCounter.of(line.text()));
            refuse(line, why);
        });
    }

    /** Whether the line holds anything that a queue takes; says why if it does not. */
    private boolean isMessage(MessageLine line) {
        if (line.text().isBlank()) {
            return false;
        }
        Optional<String> character = SqsLimits.forbiddenCharacter(line.text());
        if (line.isTooLong()) {
            refuse(line, "it has " + line.bytes() + " bytes, and a queue message at most " + MessageLine.MAX_BYTES);
            return false;
        }
        if (character.isPresent()) {
            refuse(line, "it holds the character " + character.get() + ", which SQS does not take");
            return false;
        }
        return true;
    }

    private void send(BatchMessageSender sender, MessageLine line) {
        messages.increment();
        tokens.add(TokenCounter.of(line.text()));
        sender.send(line);
    }

    private void refuse(MessageLine line, String why) {
        refused.increment();
        complaints.accept(file + ":" + line.number() + ": The line was not queued: " + why + ".");
    }
}
