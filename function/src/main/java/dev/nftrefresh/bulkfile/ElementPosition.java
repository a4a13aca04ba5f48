package dev.nftrefresh.bulkfile;

/**
 * Where an element stands in a file.
 *
 * @param line the physical line, from 1, on which it starts
 * @param element its number, from 0, among the lines that are not blank, the records or the array's elements
 * @param offset the bytes of the unpacked file up to the element's end, line end included: a plain NDJSON file can be
 *     opened again there
 */
public record ElementPosition(long line, long element, long offset) {
    /** Before the first element, so that reading after it is reading from the start. */
    public static final ElementPosition START = new ElementPosition(0, -1, 0);
}
