package dev.nftrefresh.local.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageLineReaderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private List<MessageLine> lines(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("messages.ndjson"), content);
        List<MessageLine> lines = new ArrayList<>();
        try (var reader = new MessageLineReader(file)) {
            @Nullable MessageLine line = reader.next();
            while (line != null) {
                lines.add(line);
                line = reader.next();
            }
        }
        return lines;
    }

    @Test
    void readsLinesWhateverEndsThem() throws IOException {
        assertThat(lines("one\ntwo\r\n\nthree\rgoes on\nlast"))
                .extracting(MessageLine::text)
                .containsExactly("one", "two", "", "three\rgoes on", "last");
        assertThat(lines("one\n")).containsExactly(new MessageLine(1, "one", 3));
        assertThat(lines("")).isEmpty();
    }

    @Test
    void leavesAByteOrderMarkOut() throws IOException {
        assertThat(lines("\uFEFF{}\n\uFEFF{}")).extracting(MessageLine::text).containsExactly("{}", "\uFEFF{}");
    }

    @Test
    void countsTheBytesOfALineAndKeepsNoMoreThanAMessageMayHave() throws IOException {
        String largest = "é".repeat(MessageLine.MAX_BYTES / 2);

        List<MessageLine> lines = lines(largest + "\r\n" + largest + "x\nnext");

        assertThat(lines.get(0).isTooLong()).isFalse();
        assertThat(lines.get(0).text()).isEqualTo(largest);
        assertThat(lines.get(1).isTooLong()).isTrue();
        assertThat(lines.get(1).text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MessageLine.MAX_BYTES + 2);
        assertThat(lines.get(2)).isEqualTo(new MessageLine(3, "next", 4));
    }
}
