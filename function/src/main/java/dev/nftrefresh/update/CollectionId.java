package dev.nftrefresh.update;

import java.util.HexFormat;
import java.util.Locale;

/**
 * A collection as the API's path names it.
 *
 * @param chainName the API's {@code chain_name}, such as {@code imtbl-zkevm-testnet}
 * @param contractAddress the API's {@code contract_address}: {@code 0x} and 40 hexadecimal digits, in lower case
 */
public record CollectionId(String chainName, String contractAddress) {
    private static final int ADDRESS_DIGITS = 40;

    /** Whether a text is an address: {@code 0x} and 40 hexadecimal digits, in letters of either case. */
    public static boolean isAddress(String text) {
        if (text.length() != 2 + ADDRESS_DIGITS || !text.startsWith("0x")) {
            return false;
        }
        for (int i = 2; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The same with its address in lower case, by which two spellings of it are one collection. */
    public CollectionId inLowerCase() {
        return new CollectionId(chainName, contractAddress.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return chainName + "/" + contractAddress;
    }
}
