package dev.nftrefresh.template;

import static dev.nftrefresh.template.CloudFormationTemplate.get;
import static dev.nftrefresh.template.CloudFormationTemplate.list;
import static dev.nftrefresh.template.CloudFormationTemplate.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** Dependabot looks only into the folders that its settings name, and not into those below them. */
class DependencyUpdatesTest {
    private static final Path ROOT = Path.of("..");
    /** What package managers and builds make. */
    private static final Set<String> GENERATED = Set.of("target", "node_modules", ".git", ".venv", "bin", "obj");

    @ParameterizedTest
    @CsvSource({
        "maven, pom.xml",
        "npm, package.json",
        "pip, requirements.txt",
        "gomod, go.mod",
        "nuget, .csproj",
    })
    void dependabotLooksIntoEachFolderThatNamesDependencies(String ecosystem, String fileName) throws IOException {
        Assumptions.assumeThat(CloudFormationTemplate.FILE).exists();
        Map<String, Object> settings = new Yaml().load(Files.readString(ROOT.resolve(".github/dependabot.yml")));
        List<String> named = list(get(settings, "updates")).stream()
                .filter(update -> get(update, "package-ecosystem").equals(ecosystem))
                .flatMap(update -> map(update).containsKey("directories")
                        ? list(get(update, "directories")).stream()
                        : Stream.of(get(update, "directory")))
                .map(Object::toString)
                .toList();

        assertThat(named).containsExactlyInAnyOrderElementsOf(foldersWith(fileName));
    }

    /** The root's pom is left out: it lists the modules and depends on nothing. */
    private static Set<String> foldersWith(String fileName) throws IOException {
        var folders = new TreeSet<String>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return GENERATED.contains(String.valueOf(folder.getFileName()))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (String.valueOf(file.getFileName()).endsWith(fileName)) {
                    folders.add("/" + ROOT.relativize(file.resolveSibling("")));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        folders.remove("/");
        return folders;
    }
}
