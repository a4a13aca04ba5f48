package dev.nftrefresh.bulkfile;

/** JSON's white space. */
final class JsonWhitespace {
    private JsonWhitespace() {}

    static boolean is(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    static boolean only(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && is(bytes[i])) {
            i++;
        }
        return i == to;
    }
}
