package dev.nftrefresh.bulkfile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The JSON around the tokens of a file. */
final class JsonArrayFrame {
    private static final String TOKENS = "nft_metadata";
    private static final String HINT =
            "a .json file is an array of tokens, or an object with the one field nft_metadata that is such an array; "
                    + "a file with a token in each line ends in .ndjson";
    /** The most of a name that a sentence shows. */
    private static final int MAX_NAME = 100;

    private final FileReadBuffer buffer;
    private boolean wrapped;

    JsonArrayFrame(FileReadBuffer buffer) {
        this.buffer = buffer;
    }

    /** Reads from the file's first byte past the array's opening bracket. */
    void open() throws IOException {
        byte first = take();
        if (first == '{') {
            wrapped = true;
            name(take());
            if (take() != ':') {
                throw new BrokenContentException("there is no colon after nft_metadata; " + HINT);
            }
            first = take();
        }
        if (first != '[') {
            throw new BrokenContentException(
                    (wrapped ? "nft_metadata is not an array; " : "it does not begin with an array; ") + HINT);
        }
    }

    private void name(byte first) throws IOException {
        if (first != '"') {
            throw new BrokenContentException("its object does not begin with a name; " + HINT);
        }
        String name = restOfName();
        if (!name.equals(TOKENS)) {
            throw new BrokenContentException("its object has the field \"" + name + "\"; " + HINT);
        }
    }

    private String restOfName() throws IOException {
        var name = new ByteArrayOutputStream();
        while (name.size() <= MAX_NAME && buffer.more()) {
            byte b = buffer.bytes()[buffer.at()];
            buffer.moveTo(buffer.at() + 1);
            if (b == '"') {
                return name.toString(StandardCharsets.UTF_8);
            }
            name.write(b);
        }
        return name.toString(StandardCharsets.UTF_8) + "…";
    }

    /** Reads from the array's closing bracket to the end of the file. */
    void close() throws IOException {
        take();
        if (wrapped) {
            byte next = take();
            if (next == ',') {
                byte first = take();
                String name = first == '"' ? restOfName() : "";
                throw new BrokenContentException(
                        "its object has after nft_metadata the field \"" + name + "\"; " + HINT);
            }
            if (next != '}') {
                throw new BrokenContentException("there is no } after the array of nft_metadata; " + HINT);
            }
        }
        if (buffer.skipWhitespace()) {
            throw new BrokenContentException(
                    "there is more text after the end of the " + (wrapped ? "object; " : "array; ") + HINT);
        }
    }

    /** The next byte that is not white space. */
    private byte take() throws IOException {
        if (!buffer.skipWhitespace()) {
            throw new BrokenContentException("the file ends before its array does; write the whole file again");
        }
        byte b = buffer.bytes()[buffer.at()];
        buffer.moveTo(buffer.at() + 1);
        return b;
    }
}
