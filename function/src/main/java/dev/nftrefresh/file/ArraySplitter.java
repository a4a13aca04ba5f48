package dev.nftrefresh.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A piece an element of a JSON array, which may be all there is or stand in an object as {@code nft_metadata}. */
final class ArraySplitter implements Splitter {
    private final Window window;
    private final ArrayFrame frame;
    private long element;
    private boolean inside;

    ArraySplitter(Window window) {
        this.window = window;
        this.frame = new ArrayFrame(window);
    }

    @Override
    public @Nullable Piece next() throws IOException {
        if (!inside) {
            if (!window.passSpace()) {
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
        return window.passSpace() && window.bytes()[window.at()] == ']';
    }

    private void comma() throws IOException {
        if (!window.passSpace()) {
            throw cutOff();
        }
        if (window.bytes()[window.at()] != ',') {
            throw new BrokenContent(
                    "there is neither a comma nor ] after element %d of the array; write one of them there"
                            .formatted(element - 1));
        }
        window.moveTo(window.at() + 1);
    }

    private Piece value() throws IOException {
        if (!window.passSpace()) {
            throw cutOff();
        }
        window.begin();
        if (!JsonValueScan.pass(window)) {
            throw cutOff();
        }
        if (window.at() == window.start()) {
            throw new BrokenContent(
                    "there is no JSON value where element %d of the array should be; write a comma only before a token"
                            .formatted(element));
        }
        return window.piece(element++, window.at());
    }

    private BrokenContent cutOff() {
        return new BrokenContent("the file ends in element %d of the array, before its ]; write the whole file again"
                .formatted(element));
    }
}
