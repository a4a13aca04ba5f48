package dev.nftrefresh.update;

/** White space between the parts of a JSON text is not its content. */
final class JsonCompactor {
    private JsonCompactor() {}

    /** The same object without white space between its parts if it is over 16 KiB, else as it is. */
    static TokenJson ifTooLarge(TokenJson json) {
        return json.length() <= TokenLimits.MAX_BYTES ? json : of(json);
    }

    /** Copies all but white space outside strings; the text must be JSON. */
    private static TokenJson of(TokenJson json) {
        byte[] in = json.bytes();
        byte[] out = new byte[in.length];
        int length = 0;
        boolean inString = false;
        for (int i = 0; i < in.length; i++) {
            byte b = in[i];
            if (inString) {
                out[length++] = b;
                if (b == '\\') {
                    out[length++] = in[++i];
                } else if (b == '"') {
                    inString = false;
                }
            } else if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                out[length++] = b;
                inString = b == '"';
            }
        }
        return new TokenJson(out, 0, length);
    }
}
