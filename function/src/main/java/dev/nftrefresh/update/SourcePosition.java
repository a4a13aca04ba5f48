package dev.nftrefresh.update;

/**
 * Where a text begins inside another one. Lines and columns count from 1, columns in bytes.
 *
 * @param line the line of its first byte
 * @param column the column of its first byte in that line
 */
public record SourcePosition(long line, long column) {
    static final SourcePosition OF_ALL = new SourcePosition(1, 1);

    /** Names a place of the inner text by where it is in the outer one. */
    String place(int innerLine, int innerColumn) {
        long outerColumn = innerLine == 1 ? column + innerColumn - 1 : innerColumn;
        return "line " + (line + innerLine - 1) + ", column " + outerColumn;
    }
}
