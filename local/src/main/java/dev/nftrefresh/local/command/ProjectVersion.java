package dev.nftrefresh.local.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version of the jar, as Maven wrote it there. */
final class ProjectVersion implements IVersionProvider {
    private static final String PROPERTIES = "/META-INF/maven/dev.nftrefresh/nft-refresh-local/pom.properties";

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"nft-refresh " + version() + " (Java " + Runtime.version() + ")"};
    }

    private static String version() throws IOException {
        try (InputStream in = ProjectVersion.class.getResourceAsStream(PROPERTIES)) {
            if (in == null) {
                return "development";
            }
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        }
    }
}
