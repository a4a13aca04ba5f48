package dev.nftrefresh.operator.token;

import dev.nftrefresh.operator.LogSearch;
import dev.nftrefresh.operator.LogSearch.Line;
import dev.nftrefresh.update.TokenKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the log says of a token.
 *
 * @param events the oldest first; only the newest that were found
 * @param from since when every line was looked at
 */
record TokenLog(List<TokenEvent> events, Instant from) {
    static TokenLog search(LogSearch log, TokenKey token, Instant since) {
        String contract = token.collection().contractAddress();
        Predicate<Line> isMeant =
                line -> TokenEvent.of(line, contract, token.tokenId()).findAny().isPresent();
        // The line of a rejection has the address as the producer wrote it, in upper or lower case.
        LogSearch.Found requests = log.newest(token.tokenId() + " \"" + contract + "\"", isMeant, since);
        LogSearch.Found rejections = log.newest(token.tokenId() + " rejected", isMeant, since);
        List<TokenEvent> events = Stream.of(requests, rejections)
                .flatMap(found -> found.lines().stream())
                .flatMap(line -> TokenEvent.of(line, contract, token.tokenId()))
                .distinct()
                .sorted(Comparator.comparing(TokenEvent::at))
                .toList();
        return new TokenLog(events, requests.from().isAfter(rejections.from()) ? requests.from() : rejections.from());
    }
}
