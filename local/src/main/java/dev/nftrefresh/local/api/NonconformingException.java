package dev.nftrefresh.local.api;

/** A request is not what the OpenAPI asks for; the message says why. */
final class NonconformingException extends Exception {
    NonconformingException(String why) {
        super(why);
    }
}
