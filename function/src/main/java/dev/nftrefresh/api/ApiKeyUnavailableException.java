package dev.nftrefresh.api;

import org.jspecify.annotations.Nullable;

/** There is no API key to send; the message names the secret and what to do, and never holds the secret's value. */
public final class ApiKeyUnavailableException extends RuntimeException {
    /** With one sentence for the operator, and the cause unless that could hold the secret. */
    public ApiKeyUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
