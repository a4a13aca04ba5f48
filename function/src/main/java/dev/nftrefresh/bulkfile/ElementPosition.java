package dev.nftrefresh.bulkfile;

/**
 * The position of an element in a file.
 *
 * @param line the physical line, from 1, on which it starts
 * @param element its number, from 0, among the non-blank lines, the records or the array's elements
 * @param offset of the element's end in the decompressed file, line end included: a plain NDJSON file can be opened
 *     again there
 */
public record ElementPosition(long line, long element, long offset) {
    /** Before the first element, so that resuming after it reads from the start. */
    public static final ElementPosition START = new ElementPosition(0, -1, 0);
}
