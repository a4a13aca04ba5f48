package dev.nftrefresh.update;

/**
 * Where a member stands inside an object: from the end of the member before it, or of the opening brace, to the end of
 * its own value.
 */
record Cut(int from, int to) {
    /** The object without this member, and without the comma that belonged to it. */
    TokenJson from(TokenJson object) {
        return object.without(from, to);
    }
}
