package dev.nftrefresh.update;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** A {@code token_id}: "an uint256 token id as string". */
public final class CanonicalTokenId {
    private static final String LARGEST =
            BigInteger.TWO.pow(256).subtract(BigInteger.ONE).toString();

    private CanonicalTokenId() {}

    /** The id without leading zeros, or null if it is not a decimal uint256. */
    public static @Nullable String canonical(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return null;
            }
        }
        if (length == 0) {
            return null;
        }
        int start = 0;
        while (start < length - 1 && text.charAt(start) == '0') {
            start++;
        }
        String id = text.substring(start);
        boolean fits =
                id.length() < LARGEST.length() || (id.length() == LARGEST.length() && id.compareTo(LARGEST) <= 0);
        return fits ? id : null;
    }
}
