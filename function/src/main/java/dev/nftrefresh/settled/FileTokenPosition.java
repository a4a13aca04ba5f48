package dev.nftrefresh.settled;

/**
 * Where a token stands in a bulk file, whatever message carries it.
 *
 * @param file the file's id, see {@link SettledTokens#fileId}
 * @param element its number in the file, from 0
 */
public record FileTokenPosition(String file, long element) {
    /** Of what came out of no file that is known. */
    public static final FileTokenPosition NOWHERE = new FileTokenPosition("", 0);
}
