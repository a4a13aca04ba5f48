package dev.nftrefresh.local.convert;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The token's id in the name of a metadata file: {@code 17} or {@code 17.json}. */
final class TokenIdOfFile {
    private static final Pattern ENDING = Pattern.compile("\\.json$", Pattern.CASE_INSENSITIVE);

    /** What a base URI with {@code {id}} of ERC-1155 leads to: 64 hexadecimal digits, padded with zeros. */
    private static final Pattern PADDED_HEXADECIMAL = Pattern.compile("[0-9a-fA-F]{64}");

    private TokenIdOfFile() {}

    static String of(Path file) {
        String name = ENDING.matcher(file.getFileName().toString()).replaceFirst("");
        return PADDED_HEXADECIMAL.matcher(name).matches() ? new BigInteger(name, 16).toString() : name;
    }
}
