package dev.nftrefresh.bulkfile;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Splits a JSON array into its elements: the array is the whole file, or the {@code nft_metadata} of an object. */
final class JsonArraySplitter implements ElementSplitter {
    private final FileReadBuffer buffer;
    private final JsonArrayFrame frame;
    private long element;
    private boolean inside;

    JsonArraySplitter(FileReadBuffer buffer) {
        this.buffer = buffer;
        this.frame = new JsonArrayFrame(buffer);
    }

    @Override
    public @Nullable RawElement next() throws IOException {
        if (!inside) {
            if (!buffer.skipWhitespace()) {
                return null;
            }
            frame.open();
            inside = true;
        }
        if (closes()) {
            frame.close();
            return null;
        }
        if (element > 0) {
            comma();
        }
        return value();
    }

    private boolean closes() throws IOException {
        return buffer.skipWhitespace() && buffer.bytes()[buffer.at()] == ']';
    }

    private void comma() throws IOException {
        if (!buffer.skipWhitespace()) {
            throw cutOff();
        }
        if (buffer.bytes()[buffer.at()] != ',') {
            throw new BrokenContentException(
                    "there is neither a comma nor ] after element %d of the array; write one of them there"
                            .formatted(element - 1));
        }
        buffer.moveTo(buffer.at() + 1);
    }

    private RawElement value() throws IOException {
        if (!buffer.skipWhitespace()) {
            throw cutOff();
        }
        buffer.begin();
        if (!JsonValueScanner.skip(buffer)) {
            throw cutOff();
        }
        if (buffer.at() == buffer.start()) {
            throw new BrokenContentException(
                    "there is no JSON value where element %d of the array should be; write a comma only before a token"
                            .formatted(element));
        }
        return buffer.rawElement(element++, buffer.at());
    }

    private BrokenContentException cutOff() {
        return new BrokenContentException(
                "the file ends in element %d of the array, before its ]; write the whole file again"
                        .formatted(element));
    }
}
