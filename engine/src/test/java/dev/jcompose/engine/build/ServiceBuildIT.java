package dev.jcompose.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.BuildRequest;
import dev.jcompose.engine.api.ImageOptions;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.testing.BuildScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.oci.Platform;
import dev.jcompose.images.testing.ImageTar;
import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.images.testing.TestRegistry;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the attributes of {@code build:} do. */
@RequiresRoot
class ServiceBuildIT extends BuildScenario {

    /** A build with these attributes, and {@code context: .}. */
    private Image buildWith(String dockerfile, String... attributes) throws IOException {
        return build(dockerfile, lines(attributes));
    }

    private static String lines(String... attributes) {
        StringBuilder lines = new StringBuilder("    build:\n      context: .\n");
        Arrays.stream(attributes)
                .forEach(line -> lines.append("      ").append(line).append('\n'));
        return lines.toString();
    }

    private static BuildRequest with(BuildRequest request, Map<String, String> args, List<String> ssh) {
        return new BuildRequest(
                request.projectJson(),
                request.services(),
                false,
                args,
                false,
                false,
                false,
                64L << 20,
                ssh,
                request.environment());
    }

    @Test
    void commandsSeeHostsLimitsAndSharedMemoryThatAreAskedFor() throws Exception {
        Image image = buildWith(
                """
                FROM busybox
                RUN grep -E 'one|six' /etc/hosts >/hosts
                RUN df -k /dev/shm | tail -1 | awk '{print $2}' >/shm
                RUN ulimit -n >/files
                """,
                "extra_hosts: [\"one=10.1.2.3\", \"six=::7\"]",
                "shm_size: 3m",
                "ulimits: {nofile: {soft: 99, hard: 100}}");
        assertThat(content(image, "/hosts").lines().map(line -> line.replaceAll("\\s+", " ")))
                .containsExactlyInAnyOrder("10.1.2.3 one", "::7 six");
        assertThat(content(image, "/shm")).isEqualTo("3072\n");
        assertThat(content(image, "/files")).isEqualTo("99\n");
    }

    @Test
    void theNetworkCanBeNoneOrTheHosts() throws Exception {
        String count = "FROM busybox\nRUN ip link | grep -c ': ' >/n\n";
        assertThat(content(buildWith(count, "network: none"), "/n")).isEqualTo("1\n");
        buildWith("FROM busybox\nRUN --network=host true\n", "entitlements: [network.host]");
        assertThatThrownBy(() -> buildWith(count, "network: mine"))
                .hasMessage("services.web.build: network \"mine\" is not supported; known are default, none, host");
    }

    @Test
    void privilegesAreGivenWhereTheyAreAskedFor() throws Exception {
        String mount = "mount -t tmpfs none /tmp";
        assertThatThrownBy(() -> buildWith("FROM busybox\nRUN " + mount + "\n")).hasMessageContaining("exit code");
        buildWith("FROM busybox\nRUN " + mount + "\n", "privileged: true");
        buildWith("FROM busybox\nRUN --security=insecure " + mount + "\n", "entitlements: [security.insecure]");
    }

    @Test
    void memoryIsLimitedForCommands() throws Exception {
        Image image = build(
                "FROM busybox\nRUN cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes >/m; true\n",
                lines(),
                request -> with(request, Map.of(), List.of()));
        assertThat(content(image, "/m")).isEqualTo((64L << 20) + "\n");
    }

    @Test
    void theDockerfileIsWhereItIsSaidOrInTheComposeFile() throws Exception {
        file("other/File", "FROM busybox\nRUN echo other >/x\n");
        file("inline.txt", "from the context");
        assertThat(content(buildWith("", "dockerfile: other/File"), "/x")).isEqualTo("other\n");
        Image image = buildWith("", "dockerfile_inline: |", "  FROM busybox", "  COPY inline.txt /x");
        assertThat(content(image, "/x")).isEqualTo("from the context");
        assertThatThrownBy(() -> buildWith("", "dockerfile: none"))
                .hasMessageContaining("services.web.build: failed to read dockerfile: open")
                .hasMessageContaining("none: no such file or directory");
        assertThatThrownBy(() -> buildWith("", "dockerfile_inline: |", "  FROM busybox", "  RUN false"))
                .hasMessageContaining("services.web.build.dockerfile_inline:2:1: process");
    }

    @Test
    void labelsTagsAndTargetAreThoseOfTheService() throws Exception {
        Image image = buildWith(
                "FROM busybox AS a\nLABEL l=file m=file\nFROM busybox\nRUN false\n",
                "labels: {l: service}",
                "tags: [\"more:1\", \"registry.example/more:2\"]",
                "target: \"0\"");
        assertThat(image.config().labels()).containsEntry("l", "service").containsEntry("m", "file");
        assertThat(image("more:1").id()).isEqualTo(image.id());
        assertThat(image("registry.example/more:2").id()).isEqualTo(image.id());
        assertThatThrownBy(() -> buildWith("FROM busybox\n", "target: none"))
                .hasMessageContaining("target stage \"none\" could not be found");
    }

    @Test
    void otherPlatformsAreRefused() throws Exception {
        String own = Platform.current().toString();
        buildWith("FROM busybox\n", "platforms: [\"" + own + "\"]");
        assertThatThrownBy(() -> buildWith("FROM busybox\n", "platforms: [linux/s390x]"))
                .hasMessage("services.web.build: platform \"linux/s390x\" is not this machine's, " + own
                        + ": images for others cannot be built");
        assertThatThrownBy(() -> buildWith("FROM busybox\n", "isolation: hyperv"))
                .hasMessageContaining("on Windows only");
    }

    @Test
    void oneStageCanBeMadeAnewEachTime() throws Exception {
        String dockerfile = """
                FROM busybox AS fresh
                RUN cat /proc/sys/kernel/random/uuid >/n
                FROM busybox AS kept
                RUN cat /proc/sys/kernel/random/uuid >/k
                COPY --from=fresh /n /n
                """;
        Image first = buildWith(dockerfile, "no_cache_filter: [fresh]");
        Image second = buildWith(dockerfile, "no_cache_filter: [fresh]");
        assertThat(content(second, "/n")).isNotEqualTo(content(first, "/n"));
        assertThat(content(second, "/k")).isEqualTo(content(first, "/k"));
    }

    @Test
    void theBaseIsPulledAgainWhenThatIsSaid() throws Exception {
        try (TestRegistry registry = new TestRegistry()) {
            registry.image(
                    "base",
                    "1",
                    new ImageTar("").layer(new LayerTar().file("v", "1").bytes()));
            String dockerfile = "FROM " + registry.name() + "/base:1\nCOPY f /f\n";
            file("f", "F");
            assertThat(content(buildWith(dockerfile), "/v")).isEqualTo("1");
            registry.image(
                    "base",
                    "1",
                    new ImageTar("").layer(new LayerTar().file("v", "2").bytes()));
            assertThat(content(buildWith(dockerfile), "/v")).isEqualTo("1");
            assertThat(content(buildWith(dockerfile, "pull: true"), "/v")).isEqualTo("2");
        }
    }

    @Test
    void additionalContextsAreDirectoriesAndImages(@TempDir Path other) throws Exception {
        Files.writeString(other.resolve("f"), "F");
        Files.writeString(other.resolve("g"), "G");
        Files.writeString(other.resolve(".dockerignore"), "g\n");
        Image image = buildWith(
                "FROM base\nCOPY --from=dir . /d/\nRUN --mount=type=bind,from=dir,target=/m cat /m/f >/r\n",
                "additional_contexts:",
                "  base: docker-image://busybox",
                "  dir: " + other);
        assertThat(added(image)).containsOnlyKeys("/d", "/d/.dockerignore", "/d/f", "/r");
        assertThatThrownBy(() -> buildWith("FROM busybox\n", "additional_contexts: {x: ./none}"))
                .hasMessageContaining("additional context \"x\": path")
                .hasMessageContaining("none\" not found");
        assertThatThrownBy(() -> buildWith("FROM busybox\n", "additional_contexts: {x: 'ftp://x'}"))
                .hasMessageContaining(
                        "is neither a directory, a git repository, an archive (http://, https://), an image");
    }

    @Test
    void anAgentIsSeenByCommandsThatAskForIt(@TempDir Path directory) throws Exception {
        Path socket = directory.resolve("agent");
        String dockerfile = """
                FROM busybox
                RUN --mount=type=ssh,required [ -S "$SSH_AUTH_SOCK" ] && echo yes >/a
                RUN --mount=type=ssh,id=mine,target=/my/agent [ -S /my/agent ]
                RUN [ -z "$SSH_AUTH_SOCK" ]
                """;
        try (ServerSocketChannel agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            agent.bind(UnixDomainSocketAddress.of(socket));
            Image image = build(
                    dockerfile,
                    lines("ssh: [default]"),
                    request -> with(
                            request.with(Map.of("SSH_AUTH_SOCK", socket.toString())),
                            Map.of(),
                            List.of("mine=" + socket)));
            assertThat(content(image, "/a")).isEqualTo("yes\n");
            assertThat(added(image)).containsOnlyKeys("/a");
        }
        assertThatThrownBy(() -> buildWith(dockerfile, "no_cache: true"))
                .hasMessageContaining("Dockerfile:2:5: ssh \"default\" is required, but no agent of that id is given");
        assertThatThrownBy(() -> buildWith(dockerfile, "ssh: [default]"))
                .hasMessageContaining("ssh \"default\": SSH_AUTH_SOCK is not set, and neither socket nor key is given");
        Path key = Files.writeString(directory.resolve("key"), "PRIVATE");
        assertThatThrownBy(() -> buildWith(dockerfile, "ssh: [\"default=" + key + "\"]"))
                .hasMessageContaining("it is neither a private key nor the socket of an agent");
    }

    @Test
    void proxiesAreArgumentsThatNeedNoDeclarationAndDoNotCountForTheCache() throws Exception {
        String dockerfile = "FROM busybox\nRUN echo \"$http_proxy|$other\" >/p\n";
        Image first = build(
                dockerfile, lines(), request -> with(request, Map.of("http_proxy", "p1", "other", "o"), List.of()));
        assertThat(content(first, "/p")).isEqualTo("p1|\n");
        Image second = build(dockerfile, lines(), request -> with(request, Map.of("http_proxy", "p2"), List.of()));
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(first.config().env()).noneMatch(variable -> variable.contains("proxy"));
    }

    @Test
    void attestationsAreToldNotToBeMade() throws Exception {
        buildWith("FROM busybox\n", "provenance: mode=max", "sbom: true");
        assertThat(output()).anyMatch(line -> line.contains("provenance: no attestation is made"));
    }

    @Test
    void secretsOfTheEnvironmentReachBuildsOfUp() throws Exception {
        file("Dockerfile", """
                FROM busybox
                RUN --mount=type=secret,id=t,mode=0444 wc -c </run/secrets/t >/n
                CMD ["sleep", "1000"]
                """);
        String json = TestEngine.canonical(
                context(),
                "services: {web: {build: {context: ., secrets: [t]}}}\nsecrets: {t: {environment: A_TOKEN}}\n");
        engine().up(UpRequest.builder(json)
                .images(new ImageOptions(null, true, false, false, false, Map.of("A_TOKEN", "12345")))
                .build());
        assertThat(content(engine().images().find(ImageReference.parse("p-web")).orElseThrow(), "/n"))
                .isEqualTo("5\n");
        engine().down();
    }
}
