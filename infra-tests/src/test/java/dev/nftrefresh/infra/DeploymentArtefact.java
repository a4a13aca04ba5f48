package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What is deployed: the template of this project, and the functions as Maven packaged them in this build, laid out as
 * {@code sam build} does it. An older {@code .aws-sam} is not taken, as it may hold other code than the one under test.
 */
final class DeploymentArtefact {
    private static final Path ROOT =
            Path.of(System.getProperty("project.root", "..")).normalize();
    private static final Path TARGET = ROOT.resolve("function/target");
    private static final String LOCAL_CODE = "CodeUri: function/";

    private DeploymentArtefact() {}

    /** The zips of both functions. */
    record FunctionZips(Path refresh, Path bulkLoad) {
        /** Writes them: classes at the root, and what they need under {@code lib}. */
        static FunctionZips in(Path folder) {
            return new FunctionZips(
                    zip(folder.resolve("refresh.zip"), "refresh-lib"), zip(folder.resolve("load.zip"), "lib"));
        }
    }

    /** The template with the change that {@code sam deploy} makes for both functions: where the code is. */
    static String template(String refreshUri, String bulkLoadUri) {
        String[] parts = read(ROOT.resolve("template.yaml")).split(LOCAL_CODE, -1);
        assertThat(parts).as(LOCAL_CODE).hasSize(3);
        assertThat(parts[1]).contains("BulkLoadFunction:");
        return parts[0] + "CodeUri: " + refreshUri + parts[1] + "CodeUri: " + bulkLoadUri + parts[2];
    }

    private static Path zip(Path zip, String libraries) {
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            copyClasses(jars(TARGET).getFirst(), out);
            for (Path library : jars(TARGET.resolve(libraries))) {
                out.putNextEntry(new ZipEntry("lib/" + library.getFileName()));
                Files.copy(library, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zip;
    }

    private static void copyClasses(Path jar, ZipOutputStream zip) throws IOException {
        try (var classes = new JarFile(jar.toFile())) {
            for (var entry : (Iterable<JarEntry>) classes.stream()::iterator) {
                if (!entry.isDirectory()) {
                    zip.putNextEntry(new ZipEntry(entry.getName()));
                    try (InputStream content = classes.getInputStream(entry)) {
                        content.transferTo(zip);
                    }
                }
            }
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        assertThat(folder)
                .as("run `mvn verify`, which packages the function first")
                .isDirectory();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = files.filter(file ->
                            file.toString().endsWith(".jar") && !file.toString().endsWith("-tests.jar"))
                    .sorted()
                    .toList();
            assertThat(jars).as("jars in " + folder).isNotEmpty();
            return jars;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
