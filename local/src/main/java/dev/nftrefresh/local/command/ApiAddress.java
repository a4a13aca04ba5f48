package dev.nftrefresh.local.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** The address that {@code --api} gives. */
final class ApiAddress {
    private ApiAddress() {}

    /** Empty when the text is no {@code http} or {@code https} address of a host without a path. */
    static Optional<URI> of(String text) {
        try {
            var given = new URI(text);
            boolean http = "http".equalsIgnoreCase(given.getScheme()) || "https".equalsIgnoreCase(given.getScheme());
            boolean bare = given.getHost() != null
                    && (given.getPath().isEmpty() || given.getPath().equals("/"))
                    && given.getQuery() == null
                    && given.getFragment() == null
                    && given.getUserInfo() == null;
            return http && bare
                    ? Optional.of(new URI(given.getScheme(), null, given.getHost(), given.getPort(), null, null, null))
                    : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }
}
