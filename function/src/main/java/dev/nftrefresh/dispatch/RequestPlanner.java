package dev.nftrefresh.dispatch;

import dev.nftrefresh.api.RefreshRequestLimits;
import dev.nftrefresh.batch.BatchPacker;
import dev.nftrefresh.ledger.TokenLedger;
import dev.nftrefresh.queue.QueuedUpdate;
import dev.nftrefresh.queue.SearchProgress;
import dev.nftrefresh.update.CollectionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Packs updates into as few requests as possible. */
final class RequestPlanner {
    private RequestPlanner() {}

    /**
     * Which updates are packed together.
     *
     * @param collection whose tokens they are
     * @param messageId of a message that must be sent alone; null for all others
     * @param maxTokens in one request: halved with each of their failures, down to one
     */
    private record PackingGroup(
            CollectionId collection, @Nullable String messageId, int maxTokens) {
        static PackingGroup of(QueuedUpdate update, int failures) {
            CollectionId collection = update.token().key().collection();
            String message = update.message().isSentAlone() ? update.message().messageId() : null;
            int halvings = Math.clamp(failures - TokenLedger.SUSPICIOUS_FAILURES + 1L, 0, 8);
            return new PackingGroup(collection, message, Math.max(1, RefreshRequestLimits.TOKENS >> halvings));
        }

        boolean isSeparate() {
            return messageId != null || maxTokens < RefreshRequestLimits.TOKENS;
        }
    }

    /**
     * The requests, the one with the oldest update first. Those with suspicious tokens come last, the least suspicious
     * first, as a few failures in a row end a pass.
     *
     * @param failures in a row of a token's requests, while others were accepted
     */
    static List<PlannedRequest> of(List<QueuedUpdate> updates, ToIntFunction<QueuedUpdate> failures) {
        Map<PackingGroup, List<QueuedUpdate>> groups = new LinkedHashMap<>();
        for (QueuedUpdate update : updates) {
            groups.computeIfAbsent(PackingGroup.of(update, failures.applyAsInt(update)), _ -> new ArrayList<>())
                    .add(update);
        }
        var requests = new ArrayList<PlannedRequest>();
        groups.forEach((packingGroup, group) -> {
            for (List<QueuedUpdate> part : packed(group, packingGroup.maxTokens)) {
                requests.add(request(packingGroup, part));
            }
        });
        requests.sort(Comparator.<PlannedRequest>comparingInt(request -> suspicion(request, failures))
                .thenComparing(RequestPlanner::oldest));
        return requests;
    }

    private static PlannedRequest request(PackingGroup packingGroup, List<QueuedUpdate> part) {
        SearchProgress search = part.getFirst().message().search();
        if (search != null) {
            // What is known of the tokens is known by their places in the message.
            List<QueuedUpdate> left = part.stream()
                    .sorted(Comparator.comparingInt(QueuedUpdate::element))
                    .toList();
            SearchProgress progress =
                    search.ofPlaces(left.stream().map(QueuedUpdate::element).toList());
            return PlannedRequest.of(packingGroup.collection, RefusedTokenSearch.resume(left, progress));
        }
        return packingGroup.isSeparate() ? PlannedRequest.separate(part) : PlannedRequest.of(part);
    }

    private static int suspicion(PlannedRequest request, ToIntFunction<QueuedUpdate> failures) {
        int most = request.updates().stream().mapToInt(failures).max().orElse(0);
        return most < TokenLedger.SUSPICIOUS_FAILURES ? 0 : most;
    }

    private static List<List<QueuedUpdate>> packed(List<QueuedUpdate> group, int maxTokens) {
        var packed = new ArrayList<List<QueuedUpdate>>();
        for (List<QueuedUpdate> request :
                BatchPacker.pack(group, update -> update.token().json().length())) {
            for (int from = 0; from < request.size(); from += maxTokens) {
                packed.add(request.subList(from, Math.min(from + maxTokens, request.size())));
            }
        }
        return packed;
    }

    private static Instant oldest(PlannedRequest request) {
        return request.updates().stream()
                .map(update -> update.message().firstSentAt())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
