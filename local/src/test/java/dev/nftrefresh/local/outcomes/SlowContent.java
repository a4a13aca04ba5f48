package dev.nftrefresh.local.outcomes;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A bulk file that comes in pieces: behind a blank line nothing comes until all calls are answered, so that a test knows
 * which of them the loader knows of when it reads on.
 */
final class SlowContent extends FilterInputStream {
    private final LoaderProcess process;
    private int last;
    private boolean paused;

    SlowContent(InputStream content, LoaderProcess process) {
        super(content);
        this.process = process;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        process.live();
        if (paused) {
            process.awaitAnswers();
            paused = false;
        }
        int read = 0;
        while (read < length && !paused) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            target[from + read++] = (byte) next;
            paused = next == '\n' && last == '\n';
            last = next;
        }
        return read == 0 && length > 0 ? -1 : read;
    }
}
