package dev.nftrefresh.operator.letters;

import dev.nftrefresh.operator.TerminalText;

/** Text for people in lines of a bounded width. */
final class Paragraph {
    private Paragraph() {}

    /**
     * Words in lines.
     *
     * @param begin of the first line
     * @param text from outside perhaps: what could move the cursor is replaced
     * @param width of a line; a longer word stands alone
     */
    static String of(String begin, String text, int width) {
        var out = new StringBuilder(begin);
        String indent = " ".repeat(begin.length());
        int column = begin.length();
        boolean first = true;
        for (String word : TerminalText.line(text).split(" ", -1)) {
            if (!first && column + 1 + word.length() > width) {
                out.append('\n').append(indent);
                column = indent.length();
                first = true;
            }
            if (!first) {
                out.append(' ');
                column++;
            }
            out.append(word);
            column += word.length();
            first = false;
        }
        return out.append('\n').toString();
    }
}
