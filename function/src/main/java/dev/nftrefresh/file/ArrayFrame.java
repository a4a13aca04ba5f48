package dev.nftrefresh.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What stands around the tokens of a JSON file. */
final class ArrayFrame {
    private static final String TOKENS = "nft_metadata";
    private static final String HINT =
            "a .json file is an array of tokens, or an object with the one field nft_metadata that is such an array; "
                    + "a file with a token in each line ends in .ndjson";
    /** As much of a name as a sentence can bear. */
    private static final int MAX_NAME = 100;

    private final Window window;
    private boolean wrapped;

    ArrayFrame(Window window) {
        this.window = window;
    }

    /** Goes from the file's first byte behind the array's bracket. */
    void open() throws IOException {
        byte first = take();
        if (first == '{') {
            wrapped = true;
            name(take());
            if (take() != ':') {
                throw new BrokenContent("there is no colon after nft_metadata; " + HINT);
            }
            first = take();
        }
        if (first != '[') {
            throw new BrokenContent(
                    (wrapped ? "nft_metadata is not an array; " : "it does not begin with an array; ") + HINT);
        }
    }

    private void name(byte first) throws IOException {
        if (first != '"') {
            throw new BrokenContent("its object does not begin with a name; " + HINT);
        }
        String name = restOfName();
        if (!name.equals(TOKENS)) {
            throw new BrokenContent("its object has the field \"" + name + "\"; " + HINT);
        }
    }

    private String restOfName() throws IOException {
        var name = new ByteArrayOutputStream();
        while (name.size() <= MAX_NAME && window.more()) {
            byte b = window.bytes()[window.at()];
            window.moveTo(window.at() + 1);
            if (b == '"') {
                return name.toString(StandardCharsets.UTF_8);
            }
            name.write(b);
        }
        return name.toString(StandardCharsets.UTF_8) + "…";
    }

    /** Goes from the array's closing bracket to the end of the file. */
    void close() throws IOException {
        take();
        if (wrapped) {
            byte next = take();
            if (next == ',') {
                byte first = take();
                String name = first == '"' ? restOfName() : "";
                throw new BrokenContent("its object has after nft_metadata the field \"" + name + "\"; " + HINT);
            }
            if (next != '}') {
                throw new BrokenContent("there is no } after the array of nft_metadata; " + HINT);
            }
        }
        if (window.passSpace()) {
            throw new BrokenContent(
                    "there is more text after the end of the " + (wrapped ? "object; " : "array; ") + HINT);
        }
    }

    /** The next byte that is not white space. */
    private byte take() throws IOException {
        if (!window.passSpace()) {
            throw new BrokenContent("the file ends before its array does; write the whole file again");
        }
        byte b = window.bytes()[window.at()];
        window.moveTo(window.at() + 1);
        return b;
    }
}
