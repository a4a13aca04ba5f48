package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./nft-refresh} in a project of its own, with a Maven and a JDK that only say that they were called. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(60)
class LauncherTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path project;

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void makeProject() throws IOException, InterruptedException {
        Files.copy(Path.of("..", "nft-refresh"), project.resolve("nft-refresh"));
        for (String file : List.of(
                "pom.xml",
                "function/pom.xml",
                "function/src/main/A",
                "operator/pom.xml",
                "operator/src/main/B",
                "local/pom.xml",
                "local/src/main/C")) {
            Files.createDirectories(project.resolve(file).getParent());
            Files.createFile(project.resolve(file));
        }
        Files.createDirectories(project.resolve("jdk/bin"));
        Files.writeString(project.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        script("jdk/bin/javac", "");
        script(
                "jdk/bin/java",
                "for a in \"$@\"; do case $a in -XX:AOTCacheOutput=*) touch \"${a#*=}\" ;; esac; done; echo ran");
        // It builds once the test has written a line into the pipe.
        script(
                "bin/mvn",
                "echo $$ >>mvn.pids; cat <go >/dev/null; mkdir -p local/target/lib; touch local/target/nft-refresh-local-0.1.0.jar");
        assertThat(new ProcessBuilder("mkfifo", project.resolve("go").toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    @AfterEach
    void endProcesses() {
        started.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }

    private void script(String name, String text) throws IOException {
        Path file = project.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/usr/bin/env bash\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process start() throws IOException {
        var builder = new ProcessBuilder("bash", project.resolve("nft-refresh").toString(), "run");
        builder.redirectErrorStream(true)
                .environment()
                .put("JAVA_HOME", project.resolve("jdk").toString());
        builder.environment().merge("PATH", project.resolve("bin").toString(), (path, own) -> own + ":" + path);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private void letMavenBuild() throws IOException {
        try (Writer go = Files.newBufferedWriter(project.resolve("go"))) {
            go.write("go\n");
        }
    }

    private List<String> builds() throws IOException {
        Path file = project.resolve("mvn.pids");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private void awaitBuilds(int count) throws IOException {
        while (builds().size() < count) {
            Thread.onSpinWait();
        }
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void twoThatAreStartedAtOnceBuildOnce() throws IOException {
        Process first = start();
        awaitBuilds(1);
        Process second = start();
        letMavenBuild();

        assertThat(output(first)).endsWith("ran\n");
        assertThat(output(second)).isEqualTo("ran\n");
        assertThat(builds()).hasSize(1);
    }

    @Test
    void theRemainsOfAKilledRunDelayNoOther() throws Exception {
        Process killed = start();
        awaitBuilds(1);
        killed.descendants().forEach(ProcessHandle::destroyForcibly);
        killed.destroyForcibly();
        assertThat(killed.waitFor(10, TimeUnit.SECONDS)).isTrue();
        // An earlier version made a folder of this name, which a kill left behind as well.
        Files.createDirectories(project.resolve("local/target/nft-refresh.lock"));

        Process next = start();
        awaitBuilds(2);
        letMavenBuild();

        assertThat(output(next)).endsWith("ran\n");
    }

    @Test
    void saysSoWhenItMayNotBuildWhereItBuilds() throws Exception {
        // Where these tests are root, no permission keeps them out; a file in the folder's place does.
        Files.createFile(project.resolve("local/target"));

        Process refused = start();

        assertThat(output(refused)).contains("may not write").contains("local/target");
        assertThat(refused.waitFor()).isEqualTo(2);
        assertThat(builds()).isEmpty();
    }

    @Test
    void startsWhatSomebodyElseBuiltWhereItMayNotWrite() throws IOException {
        Path target = project.resolve("local/target");
        Files.createDirectories(target.resolve("lib"));
        Files.createFile(target.resolve("nft-refresh-local-0.1.0.jar"));
        Files.createDirectories(target.resolve("nft-refresh.building"));

        assertThat(output(start())).isEqualTo("ran\n");
    }
}
