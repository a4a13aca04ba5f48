package dev.nftrefresh.update;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.ContentReference;
import com.fasterxml.jackson.core.util.JsonParserDelegate;

/** A parser of characters that says where it is in bytes of UTF-8, as a parser of bytes does. */
final class ByteOffsetParser extends JsonParserDelegate {
    private final char[] text;
    /** Up to where bytes were counted: places are asked for nearly in the text's order. */
    private int counted;

    private int countedBytes;

    ByteOffsetParser(JsonParser parser, char[] text) {
        super(parser);
        this.text = text;
    }

    @Override
    public JsonLocation currentLocation() {
        return inBytes(super.currentLocation());
    }

    @Override
    public JsonLocation currentTokenLocation() {
        return inBytes(super.currentTokenLocation());
    }

    private JsonLocation inBytes(JsonLocation at) {
        int to = Math.toIntExact(at.getCharOffset());
        return new JsonLocation(ContentReference.unknown(), bytesUpTo(to), to, at.getLineNr(), at.getColumnNr());
    }

    private int bytesUpTo(int end) {
        while (counted > end) {
            countedBytes -= bytes(text[--counted]);
        }
        while (counted < end) {
            countedBytes += bytes(text[counted++]);
        }
        return countedBytes;
    }

    /** A surrogate is half of a character of four bytes. */
    private static int bytes(char c) {
        if (c < 0x80) {
            return 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
}
