package dev.nftrefresh.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The project has one version, that of the root pom: {@code release/cut} writes it to the other places. */
class ProjectVersionTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern OWN = Pattern.compile(
            "<groupId>dev\\.nftrefresh</groupId>\\s*<artifactId>nft-refresh[a-z-]*</artifactId>\\s*<version>([^<]+)</version>");

    /** {@code sam build} copies this module elsewhere, and the others stay where they are. */
    @BeforeEach
    void needsTheWholeProject() {
        Assumptions.assumeThat(CloudFormationTemplate.FILE).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"function", "operator", "local", "benchmarks", "infra-tests"})
    void eachModuleHasTheVersionOfTheProject(String module) throws IOException {
        assertThat(ownVersion(module + "/pom.xml")).isEqualTo(ownVersion("pom.xml"));
    }

    @ParameterizedTest
    @CsvSource({
        "nft-refresh, nft-refresh-local-%s.jar",
        "docs/asyncapi.yaml, '  version: %s\n'",
        "function/src/main/java/dev/nftrefresh/api/HttpRefreshClient.java, nft-refresh/%s\"",
    })
    void whatNamesTheVersionNamesThatOfTheProject(String file, String named) throws IOException {
        assertThat(Files.readString(ROOT.resolve(file))).contains(named.formatted(ownVersion("pom.xml")));
    }

    @Test
    void theChangelogHasRoomForTheNextVersion() throws IOException {
        assertThat(Files.readString(ROOT.resolve("CHANGELOG.md"))).containsOnlyOnce("\n## [Unreleased]\n");
    }

    private static String ownVersion(String pom) throws IOException {
        Matcher own = OWN.matcher(Files.readString(ROOT.resolve(pom)));
        assertThat(own.find()).as(pom).isTrue();
        return own.group(1);
    }
}
