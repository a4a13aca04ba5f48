package dev.nftrefresh.update;

import java.io.IOException;

/** The body is not one JSON text, in a way that Jackson does not say itself. */
final class MalformedMessageException extends IOException {
    MalformedMessageException(String message) {
        super(message);
    }
}
