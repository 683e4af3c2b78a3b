package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./jcompose} itself, by way of the cheapest command. */
@ExtendWith(StartUpArchives.class)
class LauncherIT {
    /** A class of ours that need not be read from its jar. */
    private static final String FROM_THE_ARCHIVE = " dev\\.jcompose\\.\\S+ source: shared objects file";

    @TempDir
    Path folder;

    private Jcompose jcompose;

    @BeforeEach
    void ownCache() {
        jcompose = Jcompose.in(folder)
                .with("XDG_CACHE_HOME", folder.resolve("cache").toString());
    }

    @Test
    void usesTheArchiveThatTheFirstCommandHasMade() throws Exception {
        Jcompose usual = Jcompose.in(folder);

        assertCleanVersion(usual.run("version"));
        assertThat(usual.with("JCOMPOSE_JAVA_OPTS", "-Xlog:class+load").ok("version"))
                .containsPattern(FROM_THE_ARCHIVE);
    }

    @Test
    void startsWithoutAnArchiveThatTheJvmRefuses() throws Exception {
        Path copies = Path.of(folder.resolve("cache/jcompose/archives").toString(), Jcompose.HOME.toString());
        Files.createDirectories(copies);
        for (Path archive : StartUpArchives.all()) {
            Files.write(copies.resolve(archive.getFileName()), new byte[100_000]);
        }

        assertCleanVersion(jcompose.run("version"));
        assertThat(jcompose.with("JCOMPOSE_JAVA_OPTS", "-Xlog:class+load").ok("version"))
                .doesNotContainPattern(FROM_THE_ARCHIVE);
    }

    @Test
    void givesTheUsersOptionsTheLastWord() throws Exception {
        assertThat(jcompose.with("JCOMPOSE_JAVA_OPTS", "-Xmx100m -XX:+PrintFlagsFinal")
                        .ok("version"))
                .containsPattern("MaxHeapSize += " + (100 << 20) + " ");
    }

    @Test
    void needsNoPlaceForTheArchive() throws Exception {
        assertCleanVersion(jcompose.with("XDG_CACHE_HOME", "/proc/nowhere").run("version"));
        assertCleanVersion(jcompose.with("XDG_CACHE_HOME", "").with("HOME", "").run("version"));
    }

    @Test
    void isFoundThroughSymbolicLinksInAFolderWithABlank() throws Exception {
        Path links = Files.createDirectory(folder.resolve("my links"));
        Files.createSymbolicLink(links.resolve("first"), Jcompose.LAUNCHER);
        Files.createSymbolicLink(links.resolve("jcompose"), Path.of("first"));

        ProcessBuilder builder = new ProcessBuilder("./jcompose", "version")
                .directory(links.toFile())
                .redirectErrorStream(true);
        builder.environment().put("JCOMPOSE_BUILD", "never");
        Process process = builder.start();

        assertThat(new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .matches("jcompose version \\S+\n");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void namesAndVariablesAreReadAsUtf8AlsoInTheCLocale() throws Exception {
        Jcompose.Result result = jcompose.line("""
                name=$(printf 'gr\\303\\274n') && mkdir "$name" && cd "$name" || exit
                echo 'services: {a: {image: x, environment: [COLOUR, LC_ALL], labels: ["of=$PWD"]}}' >"$name.yaml"
                LC_ALL=C COLOUR=$name jcompose -f "$name.yaml" config --format json | tr -d ' \\n'
                """);
        assertThat(result.out())
                .contains("\"COLOUR\":\"grün\"", "\"LC_ALL\":\"C\"", "/grün\"")
                .doesNotContain("C.UTF-8");
    }

    @Test
    void saysWhatItNeedsWhenThereIsNoJava() throws Exception {
        Jcompose.Result result =
                jcompose.with("JCOMPOSE_JAVA_HOME", folder.toString()).run("version");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("needs Java 17 or newer").contains(folder.toString());
    }

    @Test
    void refusesAnOldJava() throws Exception {
        Path old = Files.createDirectories(folder.resolve("jdk8/bin")).getParent();
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"1.8.0_402\"\n");
        Files.createSymbolicLink(old.resolve("bin/java"), Path.of("/bin/true"));

        Jcompose.Result result =
                jcompose.with("JCOMPOSE_JAVA_HOME", old.toString()).run("version");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("needs Java 17 or newer");
    }

    @Test
    void takesTheNewestJavaThereIs() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        for (String version : List.of("99.0.9", "99.0.10", "9.0.4")) {
            Path jdk = Files.createDirectories(home.resolve(".jdks/" + version + "/bin"))
                    .getParent();
            Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
            Path java = jdk.resolve("bin/java");
            Files.writeString(java, "#!/bin/sh\necho started " + version + "\n");
            Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        }

        Jcompose.Result result = jcompose.with("HOME", home.toString())
                .with("JCOMPOSE_JAVA_HOME", "")
                .with("XDG_CACHE_HOME", "/proc/nowhere")
                .run("version");

        assertThat(result.out()).isEqualTo("started 99.0.10\n");
    }

    private static void assertCleanVersion(Jcompose.Result result) {
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).matches("jcompose version \\S+\n");
        assertThat(result.exitCode()).isZero();
    }
}
