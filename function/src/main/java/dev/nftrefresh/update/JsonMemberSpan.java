package dev.nftrefresh.update;

/** The range of a member in the text: from the quotation mark before its name to the end of its value. */
record JsonMemberSpan(int name, int end) {
    /** The object without this member, and without one of the commas beside it. */
    TokenJson from(TokenJson object) {
        return object.without(name, end);
    }
}
