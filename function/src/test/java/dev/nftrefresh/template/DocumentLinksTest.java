package dev.nftrefresh.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the documents point to is there: files, headings, classes, packages and the figures of the simulation. */
class DocumentLinksTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PACKAGES = Path.of("src", "main", "java", "dev", "nftrefresh");

    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern INDENTED = Pattern.compile("(?m)^ {4,}.*$");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");
    private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Za-z0-9]*)`");
    private static final Pattern LOWER = Pattern.compile("`([a-z]+)`");

    private Map<Path, String> documents = Map.of();
    private Map<Path, String> sources = Map.of();

    /** {@code sam build} copies this module elsewhere, and the documents stay where they are. */
    @BeforeEach
    void readDocuments() throws IOException {
        Assumptions.assumeThat(CloudFormationTemplate.FILE).exists();
        documents = files(".md");
        sources = files(".java");
    }

    @Test
    void eachLinkLeadsToAFileAndEachAnchorToAHeading() {
        var broken = new ArrayList<String>();
        documents.forEach((document, text) -> links(text).forEach(link -> {
            if (!link.startsWith("https://") && !leadsSomewhere(document, link)) {
                broken.add(ROOT.relativize(document) + ": " + link);
            }
        }));

        assertThat(documents).hasSizeGreaterThan(20);
        assertThat(broken).isEmpty();
    }

    private boolean leadsSomewhere(Path document, String link) {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
        if (hash < 0) {
            return Files.exists(target);
        }
        String text = documents.get(target);
        return text != null && anchors(text).contains(link.substring(hash + 1));
    }

    private static Stream<String> links(String text) {
        String prose = CODE.matcher(
                        INDENTED.matcher(FENCED.matcher(text).replaceAll("")).replaceAll(""))
                .replaceAll("code");
        return LINK.matcher(prose).results().map(found -> found.group(1));
    }

    /** As GitHub makes them; a heading that comes twice is numbered. */
    private static Set<String> anchors(String text) {
        var anchors = new HashSet<String>();
        HEADING.matcher(FENCED.matcher(text).replaceAll("")).results().forEach(heading -> {
            String anchor = heading.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int copies = 0;
            while (!anchors.add(copies == 0 ? anchor : anchor + "-" + copies)) {
                copies++;
            }
        });
        return anchors;
    }

    @Test
    void noDocumentNamesAFolderOfSomebodysMachine() {
        assertThat(documents)
                .allSatisfy((document, text) -> assertThat(text)
                        .as(document.toString())
                        .doesNotContainPattern("(?<![\\w./:}-])/(work|root|home|tmp|Users)/"));
    }

    /** In the tables that lead from a step, a package or a question to its class. */
    @Test
    void eachClassInATableExists() {
        Set<String> classes = sources.keySet().stream()
                .map(file -> String.valueOf(file.getFileName()).replace(".java", ""))
                .collect(Collectors.toSet());
        var named = new TreeSet<String>();
        documents
                .values()
                .forEach(text -> tables(text).stream()
                        .filter(table -> Set.of("class", "begin with", "judge").contains(last(table.getFirst())))
                        .flatMap(table -> table.stream().skip(1))
                        .forEach(row -> TYPE.matcher(last(row)).results().forEach(type -> named.add(type.group(1)))));

        assertThat(named).hasSizeGreaterThan(40);
        assertThat(classes).containsAll(named);
    }

    @Test
    void theArchitectureNamesEachPackageAndNoOther() throws IOException {
        Set<String> packages;
        try (Stream<Path> folders = Files.list(PACKAGES)) {
            packages = folders.filter(Files::isDirectory)
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .collect(Collectors.toSet());
        }
        String architecture = text(ROOT.resolve("docs/architecture.md"));
        Set<String> inTable = tables(architecture).stream()
                .filter(table -> table.getFirst().getFirst().equals("package"))
                .flatMap(table -> table.stream().skip(1))
                .flatMap(row -> LOWER.matcher(row.getFirst()).results().map(name -> name.group(1)))
                .collect(Collectors.toSet());
        Set<String> ofSteps = tables(architecture).stream()
                .filter(table -> table.getFirst().contains("package"))
                .flatMap(table -> table.stream()
                        .skip(1)
                        .map(row -> row.get(table.getFirst().indexOf("package"))))
                .flatMap(cell -> LOWER.matcher(cell).results().map(name -> name.group(1)))
                .collect(Collectors.toSet());

        assertThat(inTable).isEqualTo(packages);
        assertThat(packages).containsAll(ofSteps);
    }

    /** Its rows name one of the simulation, one of that one's columns, and what it says for each of the two. */
    @Test
    void theReadmeComparesByTheFiguresOfTheSimulation() {
        List<List<String>> simulation = tables(text(ROOT.resolve("docs/simulation.md"))).stream()
                .filter(table -> table.getFirst().getFirst().equals("scenario"))
                .findFirst()
                .orElseThrow();
        List<List<String>> compared = tables(text(ROOT.resolve("README.md"))).stream()
                .filter(table -> table.getFirst().getFirst().equals("row of the simulation"))
                .findFirst()
                .orElseThrow();

        assertThat(compared).hasSizeGreaterThan(3);
        assertThat(compared.stream().skip(1)).allSatisfy(row -> {
            int column = simulation.getFirst().indexOf(row.get(1));
            assertThat(column).as(row.get(1)).isNotNegative();
            assertThat(figure(simulation, row.getFirst(), "naive", column)).isEqualTo(row.get(2));
            assertThat(figure(simulation, row.getFirst(), "ours", column)).isEqualTo(row.get(3));
        });
    }

    private static String figure(List<List<String>> simulation, String scenario, String idea, int column) {
        return simulation.stream()
                .filter(row -> row.getFirst().equals(scenario) && row.get(1).equals(idea))
                .findFirst()
                .map(row -> row.get(column))
                .orElse("no such row");
    }

    private String text(Path document) {
        return documents.getOrDefault(document, "");
    }

    /** The cells of each table, its head first. */
    private static List<List<List<String>>> tables(String text) {
        var tables = new ArrayList<List<List<String>>>();
        var rows = new ArrayList<List<String>>();
        for (String line : (text + "\n\n").split("\n", -1)) {
            if (line.startsWith("|")) {
                if (!line.startsWith("|---")) {
                    rows.add(cells(line));
                }
            } else if (!rows.isEmpty()) {
                tables.add(List.copyOf(rows));
                rows.clear();
            }
        }
        return tables;
    }

    private static List<String> cells(String row) {
        String inside = row.strip().replaceFirst("^\\|", "").replaceFirst("\\|$", "");
        return Arrays.stream(inside.split("\\|", -1)).map(String::strip).toList();
    }

    private static String last(List<String> row) {
        return row.getLast();
    }

    /** All files with this ending, but for what is built or hidden. */
    private static Map<Path, String> files(String ending) throws IOException {
        var found = new HashMap<Path, String>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = String.valueOf(folder.getFileName());
                // What GitHub shows elsewhere than where it is, such as templates, is among what is hidden.
                boolean isLeftOut = name.equals("target")
                        || name.equals("node_modules")
                        || (name.startsWith(".") && !name.equals(".."));
                return isLeftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (String.valueOf(file.getFileName()).endsWith(ending)) {
                    found.put(file, read(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
