package dev.nftrefresh.bulkfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.nftrefresh.queue.QueueMessageWriter;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.MessageReadResult;
import dev.nftrefresh.update.QueueMessageReader;
import dev.nftrefresh.update.TokenLimits;
import dev.nftrefresh.update.TokenUpdate;
import dev.nftrefresh.update.UpdateMessage.Valid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whatever a bulk file holds, it is read to an end, in whatever pieces its bytes come, packed or not, and from wherever it
 * was read before. What it calls a token is one to the reader of messages too.
 */
class BulkFileFuzzTest {
    private static final CollectionId SWORDS = new CollectionId("imtbl-zkevm-testnet", "0x" + "a".repeat(40));
    private static final Instant UPLOADED = Instant.parse("2026-11-23T10:00:00Z");
    private static final QueueMessageReader MESSAGES = new QueueMessageReader(SWORDS.chainName());

    @FuzzTest
    void ndjson(byte[] content) throws IOException {
        assertSound(content, BulkFileFormat.NDJSON);
    }

    @FuzzTest
    void json(byte[] content) throws IOException {
        assertSound(content, BulkFileFormat.JSON);
    }

    @FuzzTest
    void csv(byte[] content) throws IOException {
        assertSound(content, BulkFileFormat.CSV);
    }

    /** Damage that leaves the checksums alone is found by changing what is packed, and all other damage by this. */
    @FuzzTest
    void gzip(byte[] packed) throws IOException {
        for (BulkFileFormat format : BulkFileFormat.values()) {
            List<BulkFileElement> elements =
                    read(new ByteArrayInputStream(packed), format, true, ElementPosition.START);
            // Not worth more: gzip packs at most 1,032 to 1.
            assertElements(elements, 1_032L * packed.length);
            assertThat(described(read(trickling(packed), format, true, ElementPosition.START)))
                    .isEqualTo(described(elements));
        }
    }

    private static void assertSound(byte[] content, BulkFileFormat format) throws IOException {
        List<BulkFileElement> elements = read(new ByteArrayInputStream(content), format, false, ElementPosition.START);
        assertElements(elements, content.length);
        List<String> described = described(elements);
        assertThat(described(read(trickling(content), format, false, ElementPosition.START)))
                .isEqualTo(described);
        byte[] packed = inTwoMembers(content);
        assertThat(described(read(new ByteArrayInputStream(packed), format, true, ElementPosition.START)))
                .isEqualTo(described);
        if (!elements.isEmpty()) {
            assertReadOn(content, format, elements, content.length % elements.size());
        }
        for (BulkFileElement element : elements) {
            if (element instanceof BulkFileElement.ValidToken token) {
                assertMessageHolds(token);
            }
        }
    }

    private static void assertReadOn(byte[] content, BulkFileFormat format, List<BulkFileElement> elements, int at)
            throws IOException {
        if (elements.get(at) instanceof BulkFileElement.UnreadableRest) {
            return;
        }
        ElementPosition after = elements.get(at).position();
        int from = BulkFileReader.startsAtOffset(format, false) ? (int) after.offset() : 0;
        InputStream rest = new ByteArrayInputStream(content, from, content.length - from);
        assertThat(described(read(rest, format, false, after)))
                .isEqualTo(described(elements.subList(at + 1, elements.size())));
    }

    private static void assertElements(List<BulkFileElement> elements, long mostBytes) {
        assertThat((long) elements.size()).isLessThanOrEqualTo(mostBytes + 1);
        ElementPosition before = ElementPosition.START;
        for (BulkFileElement element : elements) {
            ElementPosition position = element.position();
            assertThat(position.element()).isEqualTo(before.element() + 1);
            assertThat(position.line()).isGreaterThanOrEqualTo(before.line());
            assertThat(position.offset()).isBetween(before.offset(), mostBytes);
            before = position;
            switch (element) {
                case BulkFileElement.ValidToken token ->
                    assertThat(token.json().length()).isBetween(100, TokenLimits.MAX_BYTES);
                case BulkFileElement.RejectedElement refused -> {
                    assertSentence(refused.rejection().detail());
                    assertThat(refused.content()).hasSizeBetween(1, TokenLimits.MAX_BYTES);
                }
                case BulkFileElement.UnreadableRest(var _, String detail) -> {
                    assertSentence(detail);
                    assertThat(element).isSameAs(elements.getLast());
                }
            }
        }
    }

    private static void assertSentence(String detail) {
        assertThat(detail).matches("(?s).*[.?]").hasSizeLessThan(900);
    }

    /** It goes into the queue as it is, and has to come out so. */
    private static void assertMessageHolds(BulkFileElement.ValidToken token) {
        Instant version = token.updatedAt() == null ? UPLOADED : token.updatedAt();
        var writer = new QueueMessageWriter(SWORDS, version, token.json().length());
        writer.add(token.json(), null);
        byte[] body = writer.end().getBytes(StandardCharsets.UTF_8);
        MessageReadResult read = MESSAGES.read(body, UPLOADED);
        assertThat(read).isInstanceOf(MessageReadResult.ParsedMessage.class);
        var elements = ((MessageReadResult.ParsedMessage) read).message().elements();
        assertThat(elements).hasSize(1).first().isInstanceOf(Valid.class);
        TokenUpdate update = ((Valid) elements.getFirst()).update();
        assertThat(update.key()).isEqualTo(token.key());
        assertThat(update.version().time()).isEqualTo(version);
        assertThat(update.json().bytes()).isEqualTo(token.json().bytes());
        // SQS refuses both.
        assertThat(update.json().toString()).doesNotContain("\ufffe", "\uffff");
    }

    private static List<BulkFileElement> read(
            InputStream in, BulkFileFormat format, boolean gzip, ElementPosition after) throws IOException {
        var elements = new ArrayList<BulkFileElement>();
        try (BulkFileReader file = BulkFileReader.open(in, format, gzip, SWORDS, UPLOADED, after)) {
            BulkFileElement element = file.next();
            while (element != null) {
                elements.add(element);
                element = file.next();
            }
            assertThat(file.next()).isNull();
        }
        return elements;
    }

    private static List<String> described(List<BulkFileElement> elements) {
        return elements.stream()
                .map(element -> switch (element) {
                    case BulkFileElement.ValidToken(var position, var key, var updatedAt, var json) ->
                        position + " " + key + " " + updatedAt + " " + json;
                    case BulkFileElement.RejectedElement(var position, var rejection, var tokenId, var bytes) ->
                        position + " " + rejection + " " + tokenId + " "
                                + new String(bytes, StandardCharsets.ISO_8859_1);
                    case BulkFileElement.UnreadableRest(var position, var detail) -> position + " " + detail;
                })
                .toList();
    }

    private static byte[] inTwoMembers(byte[] content) throws IOException {
        var packed = new ByteArrayOutputStream();
        int middle = content.length / 2;
        packed.writeBytes(BulkFiles.gzip(Arrays.copyOfRange(content, 0, middle)));
        packed.writeBytes(BulkFiles.gzip(Arrays.copyOfRange(content, middle, content.length)));
        return packed.toByteArray();
    }

    /** Gives out the bytes as a network may: a few at a time. */
    private static InputStream trickling(byte[] content) {
        return new ByteArrayInputStream(content) {
            private int most;

            @Override
            public synchronized int read(byte[] target, int from, int length) {
                most = most % 5 + 1;
                return super.read(target, from, Math.min(length, most));
            }
        };
    }
}
