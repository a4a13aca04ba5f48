package dev.nftrefresh.local.flow;

import dev.nftrefresh.local.sqs.SqsLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Queues a file that holds one message a line. */
final class MessageFile {
    private final Path file;
    private final Consumer<String> complaints;
    private long messages;
    private long tokens;
    private long refused;

    /** {@code complaints} is told in a sentence of each line that cannot be queued. */
    MessageFile(Path file, Consumer<String> complaints) {
        this.file = file;
        this.complaints = complaints;
    }

    /** What was queued, and what was not. */
    record Queued(long messages, long tokens, long refused) {}

    /** Queues every line that is not blank, until the end of the file or until {@code stopped}. */
    Queued queue(SqsClient sqs, String queueUrl, BooleanSupplier stopped) throws IOException {
        try (var lines = new LineReader(file)) {
            var sender = new MessageSender(sqs, queueUrl, (line, why) -> {
                messages--;
                tokens -= TokenCount.of(line.text());
                refuse(line, why);
            });
            @Nullable Line line = lines.next();
            while (line != null && !stopped.getAsBoolean()) {
                if (!line.text().isBlank()) {
                    offer(sender, line);
                }
                line = lines.next();
            }
            sender.flush();
        }
        return new Queued(messages, tokens, refused);
    }

    private void offer(MessageSender sender, Line line) {
        Optional<String> character = SqsLimits.forbiddenCharacter(line.text());
        if (line.isTooLong()) {
            refuse(line, "it has " + line.bytes() + " bytes, and a queue message at most " + Line.MAX_BYTES);
        } else if (character.isPresent()) {
            refuse(line, "it holds the character " + character.get() + ", which SQS does not take");
        } else {
            messages++;
            tokens += TokenCount.of(line.text());
            sender.send(line);
        }
    }

    private void refuse(Line line, String why) {
        refused++;
        complaints.accept(file + ":" + line.number() + ": The line was not queued: " + why + ".");
    }
}
