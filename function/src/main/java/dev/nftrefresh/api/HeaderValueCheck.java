package dev.nftrefresh.api;

/** What can stand in a header without being altered on the way. */
final class HeaderValueCheck {
    private HeaderValueCheck() {}

    /** Whether the text is not empty and has only visible ASCII characters: no space, no line break, no accent. */
    static boolean isSendable(String text) {
        return !text.isEmpty() && text.chars().allMatch(character -> character > ' ' && character < 0x7f);
    }
}
