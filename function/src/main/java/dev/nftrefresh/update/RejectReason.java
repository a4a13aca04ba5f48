package dev.nftrefresh.update;

/** Why an update can never be accepted: the {@code RejectReason} attribute of a dead letter. */
public enum RejectReason {
    /** The body is not JSON, or a key occurs twice in one object. */
    MALFORMED_JSON,
    /** The envelope is wrong. */
    INVALID_MESSAGE,
    /** The message is for the other environment's chain. */
    WRONG_CHAIN,
    /** A field of the token is wrong. */
    INVALID_TOKEN,
    /** The token is over 16 KiB. */
    TOKEN_TOO_LARGE,
    /** Immutable refused this token alone, or the collection for a day. */
    REFUSED_BY_API,
    /** Immutable did not know the collection for an hour. */
    COLLECTION_NOT_FOUND,
    /** The next attempt would come after the queue's 14 days, or after 950 receives. */
    EXPIRED
}
