package dev.nftrefresh.bulkfile;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds where the tokens of a format begin and end, without reading them. */
interface ElementSplitter {
    /**
     * The next piece, or null at the end of the file, after which it is not to be asked again.
     *
     * @throws BrokenContentException if nothing more can be read, however often one tries
     * @throws IOException if the stream fails
     */
    @Nullable
    RawElement next() throws IOException;
}
