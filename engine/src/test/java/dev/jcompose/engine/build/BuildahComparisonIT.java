package dev.jcompose.engine.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.testing.BuildScenario;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageConfig;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What buildah makes of the same file: the same tree and configuration. */
@RequiresRoot
class BuildahComparisonIT extends BuildScenario {
    private static final String BASE = """
            FROM scratch AS base
            COPY --chmod=755 busybox /bin/busybox
            RUN ["/bin/busybox", "--install", "-s", "/bin"]
            COPY passwd /etc/passwd
            ENV PATH=/bin
            """;

    private Map<String, String> theirs(String dockerfile, Path storage) throws Exception {
        assumeTrue(isThere("buildah"), "buildah is not installed");
        file("Theirs", dockerfile);
        Path policy = Files.writeString(
                storage.resolve("policy.json"), "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
        Path archive = storage.resolve("theirs.tar");
        buildah(storage, "--signature-policy", policy.toString(), "-f", "Theirs", "-t", "theirs", ".");
        run(buildahCommand(
                storage,
                "push",
                "--signature-policy",
                policy.toString(),
                "theirs",
                "oci-archive:" + archive + ":theirs:1"));
        try (InputStream in = Files.newInputStream(archive)) {
            engine().images().load(in);
        }
        return lines(image("theirs:1"));
    }

    private static boolean isThere(String program) {
        return Files.isExecutable(Path.of("/usr/bin/" + program));
    }

    private void buildah(Path storage, String... arguments) throws Exception {
        List<String> command = buildahCommand(storage, "bud", "--isolation", "chroot", "--network", "host");
        command.addAll(List.of(arguments));
        run(command);
    }

    private static List<String> buildahCommand(Path storage, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "buildah",
                "--storage-driver",
                "vfs",
                "--root",
                storage.resolve("root").toString(),
                "--runroot",
                storage.resolve("run").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(context().toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    /** Files and configuration; what the builders put into an image by themselves is left out. */
    private Map<String, String> lines(Image image) throws IOException {
        Map<String, String> lines = new TreeMap<>(tree(image));
        List.of(
                        "/dev",
                        "/proc",
                        "/sys",
                        "/run",
                        "/etc/hosts",
                        "/etc/resolv.conf",
                        "/etc/hostname",
                        "/run/.containerenv")
                .forEach(lines::remove);
        ImageConfig config = image.config();
        Map<String, String> labels = new TreeMap<>(config.labels());
        labels.keySet().removeIf(label -> label.startsWith("com.docker.compose.") || label.startsWith("io.buildah."));
        lines.put(
                "config",
                "%s %s %s %s %s %s"
                        .formatted(
                                config.entrypoint(),
                                config.cmd(),
                                config.user(),
                                config.workingDir(),
                                labels,
                                config.stopSignal()));
        lines.put("env", String.join(" ", config.env().stream().sorted().toList()));
        lines.put(
                "ports",
                new TreeMap<>(Map.of(
                                "p", config.exposedPorts().stream().sorted().toList()))
                        .toString());
        lines.put("volumes", config.volumes().stream().sorted().toList().toString());
        return lines;
    }

    private void compare(String instructions, Path storage) throws Exception {
        Files.copy(Path.of("/bin/busybox"), context().resolve("busybox"));
        file("passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1001:app:/:/bin/sh\n");
        Map<String, String> theirs = theirs(BASE + instructions, storage);
        Map<String, String> ours = lines(build(BASE + instructions));
        Map<String, String> onlyOurs = new TreeMap<>(ours);
        theirs.forEach(onlyOurs::remove);
        ours.forEach(theirs::remove);
        assertThat(onlyOurs).as("only theirs: %s", theirs).isEmpty();
        assertThat(theirs).isEmpty();
    }

    @Test
    void filesOfStagesAndTheContext(@TempDir Path storage) throws Exception {
        file("d/one", "1");
        file("d/sub/two", "2");
        file("x.txt", "x");
        file("y.txt", "y");
        file(".dockerignore", "d/hidden\n*.log\n");
        file("d/hidden", "h");
        file("a.log", "l");
        Files.createSymbolicLink(context().resolve("d/link"), Path.of("one"));
        compare("""
                FROM base AS made
                RUN mkdir -p /out/deep && echo made >/out/deep/f && ln -s f /out/deep/l && chown 1000 /out/deep/f
                FROM base
                WORKDIR /work/dir
                COPY d copied
                COPY d/ /into/
                COPY *.txt /texts/
                COPY --chown=app x.txt /owned
                COPY --chown=12:34 d /owned-dir
                COPY --from=made /out /out
                ADD y.txt renamed
                RUN rm -r /into/sub && mkdir /into/sub && touch /into/sub/new && chmod 700 /texts
                """, storage);
    }

    @Test
    void configuration(@TempDir Path storage) throws Exception {
        compare("""
                ARG version=1
                ENV A=${version} B="b c" C=${A:-none}
                LABEL l=$A m="two words"
                EXPOSE 80 53/udp
                VOLUME /data /more
                USER app
                WORKDIR /w
                STOPSIGNAL SIGINT
                ENTRYPOINT ["/bin/sh", "-c"]
                CMD ["echo"]
                """, storage);
    }
}
