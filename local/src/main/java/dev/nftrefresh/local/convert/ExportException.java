package dev.nftrefresh.local.convert;

import java.io.IOException;

/** A document, or what follows it in its file, cannot be read. */
final class ExportException extends IOException {
    private static final long serialVersionUID = 1;

    ExportException(String sentence) {
        super(sentence);
    }
}
