package dev.nftrefresh.local.adversary;

import dev.nftrefresh.seeded.ChoiceSequence;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Who sends what, and when. */
record ProducerPlan(int collections, List<PlannedMessage> messages, List<PlannedFile> files) {
    static ProducerPlan drawn(ChoiceSequence choices) {
        int collections = 1 + choices.weighted(3, 1, 1);
        // Requests are full in few histories: those take long.
        boolean large = choices.chance(1, 20);
        return new ProducerPlan(
                collections,
                choices.listOf(1, large ? 3 : 12, each -> PlannedMessage.drawn(each, collections, large)),
                choices.weighted(4, 1) == 0
                        ? List.of()
                        : choices.listOf(1, 2, each -> PlannedFile.drawn(each, collections, large)));
    }

    Duration lastSent() {
        Duration lastMessage = messages.stream()
                .map(PlannedMessage::lastAt)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        Duration lastFile = files.stream()
                .map(PlannedFile::lastChange)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return lastMessage.compareTo(lastFile) > 0 ? lastMessage : lastFile;
    }
}
