package dev.nftrefresh.local.convert;

/** A document is no token, and nothing that is known to be done makes one of it. */
final class UnconvertibleException extends Exception {
    private static final long serialVersionUID = 1;

    UnconvertibleException(String sentence) {
        super(sentence);
    }
}
