package dev.nftrefresh.settled;

/**
 * A token's position in a bulk file, whatever message holds it.
 *
 * @param file the file's id, see {@link SettledTokens#fileId}
 * @param element its number in the file, from 0
 */
public record FileTokenPosition(String file, long element) {
    /** The position of a token from no known file. */
    public static final FileTokenPosition NOWHERE = new FileTokenPosition("", 0);
}
