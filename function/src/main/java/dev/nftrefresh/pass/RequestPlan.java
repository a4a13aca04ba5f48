package dev.nftrefresh.pass;

import dev.nftrefresh.batch.BatchPacker;
import dev.nftrefresh.queue.QueuedUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Packs updates into as few requests as possible. */
final class RequestPlan {
    private RequestPlan() {}

    /** What is packed together: one collection's tokens, or those of one message that goes alone. */
    private record Together(Object collectionOrMessage) {}

    /** The requests, the one with the oldest update first. */
    static List<PlannedRequest> of(List<QueuedUpdate> updates) {
        Map<Together, List<QueuedUpdate>> groups = new LinkedHashMap<>();
        for (QueuedUpdate update : updates) {
            Object by = update.message().sendAlone()
                    ? update.message().messageId()
                    : update.token().key().collection();
            groups.computeIfAbsent(new Together(by), _ -> new ArrayList<>()).add(update);
        }
        return groups.values().stream()
                .flatMap(group ->
                        BatchPacker.pack(group, update -> update.token().json().length()).stream())
                .map(PlannedRequest::of)
                .sorted(Comparator.comparing(RequestPlan::oldest))
                .toList();
    }

    private static Instant oldest(PlannedRequest request) {
        return request.updates().stream()
                .map(update -> update.message().firstSentAt())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
