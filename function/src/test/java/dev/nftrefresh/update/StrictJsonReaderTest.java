package dev.nftrefresh.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StrictJsonReaderTest {
    @Test
    void continuesWithoutTheTableOfNamesWhenThatOverflows() throws IOException {
        byte[] text = "{\"name\":\"Sword\"}".getBytes(StandardCharsets.UTF_8);
        var tries = new AtomicInteger();

        String read = StrictJsonReader.read(text, parser -> {
            if (tries.incrementAndGet() == 1) {
                throw new ArrayIndexOutOfBoundsException("Index 1026 out of bounds for length 1024");
            }
            parser.nextToken();
            parser.nextToken();
            return parser.currentName();
        });

        assertThat(read).isEqualTo("name");
        assertThat(tries).hasValue(2);
    }
}
