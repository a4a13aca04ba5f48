package dev.nftrefresh.local.api;

/** A request is not what the OpenAPI asks for; the message says why. */
final class NonconformingRequestException extends Exception {
    NonconformingRequestException(String why) {
        super(why);
    }
}
