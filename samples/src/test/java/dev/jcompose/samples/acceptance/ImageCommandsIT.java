package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.json.Json;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.images.testing.DockerRegistry;
import dev.jcompose.linux.testing.RequiresRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** build, push, pull, commit, export and what up does with images; the image is a shell and two files. */
@RequiresRoot
@EnabledIf(value = "isBusyboxHere", disabledReason = "needs a static busybox in /bin")
class ImageCommandsIT extends SharedEngineScenario {
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final String DOCKERFILE = """
            FROM scratch
            COPY busybox /bin/busybox
            SHELL ["/bin/busybox", "sh", "-c"]
            ARG WORD=usual
            RUN echo $WORD >/word
            CMD ["/bin/busybox", "sleep", "1000"]
            """;
    private static final String FILE = """
            name: img
            services:
              web: {build: ., init: true, stop_grace_period: 0s}
              named: {build: ., image: "${REGISTRY:-127.0.0.1:1}/tiny:1", profiles: [named]}
              pulled: {image: "${REGISTRY:-127.0.0.1:1}/tiny:1", profiles: [pulled]}
            """;

    static boolean isBusyboxHere() {
        return Files.isExecutable(BUSYBOX);
    }

    @BeforeAll
    void writeFiles() throws Exception {
        write(FILE);
        Files.writeString(folder.resolve("Dockerfile"), DOCKERFILE);
        Files.copy(BUSYBOX, folder.resolve("busybox"));
        Files.writeString(folder.resolve(".dockerignore"), "*\n!busybox\n");
    }

    @Test
    void buildNamesTheImageAndTakesArguments() throws Exception {
        Jcompose.Result build = jcompose.run("build", "--build-arg", "WORD=special");
        assertThat(build.exitCode()).as(build.toString()).isZero();
        assertThat(build.err()).contains("Image img-web Built");
        assertThat(jcompose.ok("run", "--rm", "-q", "web", "/bin/busybox", "cat", "/word"))
                .isEqualTo("special\n");
        assertThat(jcompose.run("build", "-q").err()).isEmpty();
        assertThat(jcompose.run("build", "--no-cache", "--pull", "web").exitCode())
                .isZero();
        assertThat(jcompose.ok("build", "--check")).isEqualTo("Check complete, no warnings found.\n");
        JsonObject bake = JsonObject.parse(jcompose.ok("build", "--print", "web"));
        assertThat(bake.object("target").object("web").strings("tags")).containsExactly("img-web");
        assertThat(jcompose.run("build", "nope").err()).contains("no such service: nope");
        Jcompose.Result none = jcompose.line("jcompose --profile pulled build pulled");
        assertThat(none.exitCode()).isZero();
        assertThat(none.err()).contains("No services to build");
    }

    @Test
    void aBuildThatFailsSaysTheLineAndEndsWithOne() throws Exception {
        Files.writeString(folder.resolve("Dockerfile.bad"), "FROM scratch\nCOPY nothing /\n");
        Files.writeString(folder.resolve("bad.yaml"), "services: {web: {build: {dockerfile: Dockerfile.bad}}}\n");

        Jcompose.Result build = jcompose.line("jcompose -f compose.yaml -f bad.yaml build");
        assertThat(build.exitCode()).isEqualTo(1);
        assertThat(build.err()).contains("Dockerfile.bad:2");
    }

    @Test
    void upBuildsWhatIsMissingAndAgainWhenAsked() throws Exception {
        jcompose.ok("up", "-d", "--build");
        assertThat(jcompose.ok("images", "--format", "json")).contains("\"Repository\":\"img-web\"");
        List<?> images = (List<?>) Json.read(jcompose.ok("images", "--format", "json"));
        assertThat(images).hasSize(1);
        assertThat(jcompose.ok("up", "-d", "--quiet-build", "--build")).isEmpty();
        assertThat(jcompose.run("down", "--rmi", "local").err()).contains("Image img-web Removed");
        for (String none : List.of("up -d --no-build", "create --no-build --pull never")) {
            Jcompose.Result missing = jcompose.line("jcompose " + none);
            assertThat(missing.exitCode()).as(missing.toString()).isEqualTo(1);
            assertThat(missing.err()).contains("img-web");
        }
        jcompose.ok("create", "--pull", "never");
    }

    @Test
    void pushAndPullGoThroughTheRegistry() throws Exception {
        try (DockerRegistry registry = DockerRegistry.open(folder.resolve("registry"))) {
            Jcompose there = jcompose.with("REGISTRY", registry.name());
            assertThat(there.run("--profile", "named", "build", "--push", "named")
                            .exitCode())
                    .isZero();
            assertThat(there.run("--profile", "named", "push", "named").err()).contains("Pushed");
            there.ok("image", "rm", "-f", registry.name() + "/tiny:1");

            assertThat(there.run("--profile", "pulled", "pull", "pulled").err()).contains("Pulled");
            assertThat(there.ok("run", "--rm", "-q", "pulled", "/bin/busybox", "echo", "hi"))
                    .isEqualTo("hi\n");
            assertThat(there.run("--profile", "pulled", "pull", "--policy", "missing", "-q", "pulled")
                            .exitCode())
                    .isZero();
            assertThat(there.ok("--profile", "pulled", "config", "--resolve-image-digests", "pulled"))
                    .contains("/tiny:1@sha256:");
        }
    }

    @Test
    void whatCannotBePulledIsAnErrorUnlessIgnored() throws Exception {
        try (DockerRegistry registry = DockerRegistry.open(folder.resolve("empty-registry"))) {
            Jcompose there = jcompose.with("REGISTRY", registry.name());
            Jcompose.Result pull = there.run("--profile", "pulled", "pull", "pulled");
            assertThat(pull.exitCode()).isEqualTo(1);
            assertThat(pull.err()).contains(registry.name() + "/tiny:1");
            assertThat(there.run("--profile", "pulled", "pull", "--ignore-pull-failures", "pulled")
                            .exitCode())
                    .isZero();
            assertThat(there.run("pull").err()).contains("No image to be pulled");
            assertThat(there.run("--profile", "named", "pull", "--ignore-buildable")
                            .exitCode())
                    .isZero();
            assertThat(there.run("--profile", "named", "push", "named").exitCode())
                    .isEqualTo(1);
            assertThat(there.run("pull", "--policy", "never").exitCode()).isEqualTo(1);
        }
    }

    @Test
    void commitAndExportTakeWhatTheContainerHas() throws Exception {
        jcompose.ok("up", "-d", "--build");
        jcompose.ok("exec", "-T", "web", "/bin/busybox", "sh", "-c", "echo new >/new");

        assertThat(jcompose.ok("commit", "-m", "more", "-a", "me", "-c", "ENV A=b", "web", "tiny:2"))
                .startsWith("sha256:");
        assertThat(jcompose.ok("image", "inspect", "tiny:2")).contains("A=b", "more");
        assertThat(jcompose.line("jcompose export web | tar -xO new").out()).isEqualTo("new\n");
        jcompose.ok("export", "-o", "root.tar", "--index", "1", "web");
        assertThat(jcompose.line("tar -tf root.tar").out().lines()).contains("new", "word", "bin/busybox");
        assertThat(jcompose.run("commit", "nope").err()).contains("no such service: nope");
        jcompose.ok("image", "rm", "tiny:2");
    }
}
