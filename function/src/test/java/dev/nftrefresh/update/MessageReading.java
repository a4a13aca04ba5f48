package dev.nftrefresh.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nftrefresh.update.UpdateMessage.Invalid;
import dev.nftrefresh.update.UpdateMessage.MetadataElement;
import dev.nftrefresh.update.UpdateMessage.Valid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Queue messages, and what the reader makes of them. */
final class MessageReading {
    static final String CHAIN = "imtbl-zkevm-testnet";
    static final String ADDRESS = "0x8a90cab2b38dba80c64b7734e58ee1db38b8992e";
    static final Instant SENT_AT = Instant.parse("2026-11-23T10:00:00.123Z");

    private MessageReading() {}

    /** A message of these tokens, with which nothing else is wrong. */
    static String message(Object... tokens) {
        return messageWith("", tokens);
    }

    /** A message with these members, each followed by a comma, before its tokens. */
    static String messageWith(String members, Object... tokens) {
        return "{\"chain_name\":\"%s\",\"contract_address\":\"%s\",%s\"nft_metadata\":%s}"
                .formatted(CHAIN, ADDRESS, members, array(tokens));
    }

    static String array(Object... tokens) {
        return Arrays.stream(tokens).map(Object::toString).collect(Collectors.joining(",", "[", "]"));
    }

    static MessageReadResult read(byte[] body) {
        return new QueueMessageReader(CHAIN).read(body, SENT_AT);
    }

    static MessageReadResult read(String body) {
        return read(body.getBytes(StandardCharsets.UTF_8));
    }

    static UpdateMessage readable(String body) {
        MessageReadResult result = read(body);
        assertThat(result).isInstanceOf(MessageReadResult.ParsedMessage.class);
        return ((MessageReadResult.ParsedMessage) result).message();
    }

    static Rejection refused(byte[] body) {
        MessageReadResult result = read(body);
        assertThat(result).isInstanceOf(MessageReadResult.Rejected.class);
        return ((MessageReadResult.Rejected) result).rejection();
    }

    static Rejection refused(String body) {
        return refused(body.getBytes(StandardCharsets.UTF_8));
    }

    /** The updates of a message all of whose tokens may be sent. */
    static List<TokenUpdate> updates(String body) {
        List<MetadataElement> elements = readable(body).elements();
        assertThat(elements)
                .isNotEmpty()
                .allSatisfy(element -> assertThat(element).isInstanceOf(Valid.class));
        return elements.stream().map(element -> ((Valid) element).update()).toList();
    }

    /** What becomes of a token that is alone in its message and may be sent. */
    static TokenUpdate valid(Object token) {
        return updates(message(token)).getFirst();
    }

    /** What would be sent of a token that is alone in its message. */
    static String sent(Object token) {
        return valid(token).json().toString();
    }

    /** What becomes of a token that is alone in its message and is refused. */
    static Rejection rejection(Object token) {
        List<MetadataElement> elements = readable(message(token)).elements();
        assertThat(elements).hasSize(1).first().isInstanceOf(Invalid.class);
        return ((Invalid) elements.getFirst()).rejection();
    }
}
