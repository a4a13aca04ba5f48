package dev.nftrefresh.api;

import dev.nftrefresh.update.CollectionId;
import java.net.URI;
import java.util.regex.Pattern;

/** Builds the URL of a collection's refresh requests. */
final class RefreshEndpointUrl {
    private static final Pattern CHAIN_NAME = Pattern.compile("[a-z0-9-]+");
    private static final Pattern CONTRACT_ADDRESS = Pattern.compile("0x[0-9a-f]{40}");

    private final String base;

    /** Under this base: {@code https} or {@code http}, a host, and at most a path. */
    RefreshEndpointUrl(URI base) {
        boolean http = "https".equalsIgnoreCase(base.getScheme()) || "http".equalsIgnoreCase(base.getScheme());
        if (!http || base.getHost() == null || base.getRawUserInfo() != null) {
            throw new IllegalArgumentException("The API's base URL must be http:// or https:// and a host.");
        }
        if (base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException("The API's base URL can have neither a query nor a fragment: " + base);
        }
        String text = base.toString();
        this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** The URL of one collection's requests; refuses anything else, so that nothing else enters the path. */
    URI of(CollectionId collection) {
        if (!CHAIN_NAME.matcher(collection.chainName()).matches()
                || !CONTRACT_ADDRESS.matcher(collection.contractAddress()).matches()) {
            throw new IllegalArgumentException("Not a collection: " + LogSafeText.of(collection.toString(), 200));
        }
        return URI.create(base + "/v1/chains/" + collection.chainName() + "/collections/" + collection.contractAddress()
                + "/nfts/refresh-metadata");
    }
}
