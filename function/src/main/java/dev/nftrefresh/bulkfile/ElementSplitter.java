package dev.nftrefresh.bulkfile;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds where the tokens of a file begin and end, without parsing them. */
interface ElementSplitter {
    /**
     * The next piece, or null at the end of the file, after which it must not be called again.
     *
     * @throws BrokenContentException if nothing more can be read, however often it is tried
     * @throws IOException if the stream fails
     */
    @Nullable
    RawElement next() throws IOException;
}
