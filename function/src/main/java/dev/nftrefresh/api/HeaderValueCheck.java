package dev.nftrefresh.api;

/** Checks that a text can be sent in a header unaltered. */
final class HeaderValueCheck {
    private HeaderValueCheck() {}

    /** Whether the text is not empty and has only visible ASCII characters: no space, line break or accent. */
    static boolean isSendable(String text) {
        return !text.isEmpty() && text.chars().allMatch(character -> character > ' ' && character < 0x7f);
    }
}
