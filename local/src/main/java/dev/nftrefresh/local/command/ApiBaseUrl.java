package dev.nftrefresh.local.command;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** The address that {@code --api} gives. */
final class ApiBaseUrl {
    private ApiBaseUrl() {}

    /** Whether what is sent there leaves this machine unencrypted. */
    static boolean isInTheClear(URI address) {
        return "http".equalsIgnoreCase(address.getScheme()) && !isLoopback(address.getHost());
    }

    private static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host.replaceAll("^\\[|]$", "")).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            // A name: nobody but its owner knows where it leads next time.
            return false;
        }
    }

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
