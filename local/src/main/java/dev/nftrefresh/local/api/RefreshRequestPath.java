package dev.nftrefresh.local.api;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The endpoint's path parameters. */
record RefreshRequestPath(String chainName, String contractAddress) {
    private static final Pattern PATH = Pattern.compile("/v1/chains/([^/]+)/collections/([^/]+)/nfts/refresh-metadata");
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");

    static Optional<RefreshRequestPath> of(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches()
                ? Optional.of(new RefreshRequestPath(matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    boolean hasAddress() {
        return ADDRESS.matcher(contractAddress).matches();
    }
}
