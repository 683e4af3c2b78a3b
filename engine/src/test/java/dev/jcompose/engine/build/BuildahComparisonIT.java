package dev.jcompose.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.api.BuildRequest;
import dev.jcompose.engine.testing.BuildScenario;
import dev.jcompose.engine.testing.Buildah;
import dev.jcompose.engine.testing.ImageTree;
import dev.jcompose.engine.testing.MemoryDirectory;
import dev.jcompose.images.Image;
import dev.jcompose.images.oci.ImageJson;
import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What buildah makes of the same file, instruction by instruction and form by form: the same tree and configuration.
 */
@RequiresRoot
class BuildahComparisonIT extends BuildScenario {
    private static final String BASE = """
            FROM scratch
            COPY --chmod=755 busybox /bin/busybox
            RUN ["/bin/busybox", "--install", "-s", "/bin"]
            COPY passwd group /etc/
            RUN mkdir -p /real /old/deep && echo old >/old/deep/file && ln -s real /link && ln -s /old/deep/file /to-file
            RUN echo image >/real/here && chown 5:6 /real/here
            ENV PATH=/bin BASE=b
            """;

    /** What builders put into an image by themselves. */
    private static final List<String> OWN = List.of(
            "/dev", "/proc", "/sys", "/run", "/etc/hosts", "/etc/resolv.conf", "/etc/hostname", "/run/.containerenv");

    /** How many programs build at the same time. */
    private static final int BUILDERS = 4;

    private final Map<String, Future<Buildah.Made>> theirs = new HashMap<>();

    /** @param options of {@code buildah bud}: {@code --target}, {@code --build-arg}; ours get the same */
    private record Case(String name, String dockerfile, List<String> options) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The context of the class has the files of the image {@code busybox}. */
    @BeforeAll
    void buildTheBaseAndAllTheirs(@TempDir(factory = MemoryDirectory.class) Path storage, @TempDir Path contexts)
            throws Exception {
        assumeTrue(Buildah.isHere(), "needs the program buildah");
        Buildah buildah = new Buildah(storage);
        build(BASE, "    image: base\n");
        buildah.build(context(), context().resolve("Dockerfile"), "base", List.of());
        ExecutorService builders = Executors.newFixedThreadPool(BUILDERS);
        for (Case of : cases()) {
            String name = "theirs-" + theirs.size();
            // Of its own: buildah writes through mounts into it.
            Path own = Files.createDirectory(contexts.resolve(name));
            fill(own);
            Path dockerfile = Files.writeString(storage.resolve(name), of.dockerfile());
            theirs.put(of.name(), builders.submit(() -> {
                buildah.build(own, dockerfile, name, of.options());
                return buildah.image(name);
            }));
        }
        builders.shutdown();
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        cases.addAll(DockerfileCases.ALL.entrySet().stream()
                .map(entry -> new Case(entry.getKey(), entry.getValue(), List.of()))
                .toList());
        cases.add(new Case(
                "arguments that are given",
                DockerfileCases.ARGUMENTS,
                List.of("--build-arg", "G=given", "--build-arg", "own=1", "--build-arg", "HTTP_PROXY=http://proxy")));
        cases.add(new Case("a target", DockerfileCases.STAGES, List.of("--target", "two")));
        return cases;
    }

    private static void fill(Path context) throws IOException {
        write(context.resolve("one.txt"), "1\n");
        write(context.resolve("two.txt"), "2\n");
        write(context.resolve("with space.txt"), "s\n");
        write(context.resolve("notes.log"), "log\n");
        write(context.resolve("d/one"), "d1");
        write(context.resolve("d/sub/two"), "d2");
        write(context.resolve("d/hidden"), "h");
        write(context.resolve("d/sub/kept.log"), "kept");
        write(context.resolve("script"), "#!/bin/sh\necho script\n");
        Files.setPosixFilePermissions(context.resolve("script"), PosixFilePermissions.fromString("rwxr-x--x"));
        write(context.resolve("closed/in"), "c");
        Files.setPosixFilePermissions(context.resolve("closed"), PosixFilePermissions.fromString("rwx------"));
        Files.createSymbolicLink(context.resolve("d/link"), Path.of("one"));
        Files.createSymbolicLink(context.resolve("d/dangling"), Path.of("/nowhere"));
        Files.createSymbolicLink(context.resolve("soft"), Path.of("d"));
        byte[] tar = new LayerTar()
                .directory("t/")
                .file("t/file", "from tar")
                .symlink("t/soft", "file")
                .bytes();
        Files.write(context.resolve("a.tar"), tar);
        Files.write(context.resolve("a.tar.gz"), LayerTar.gzip(tar));
        write(
                context.resolve(".dockerignore"),
                "Dockerfile\ncompose.yaml\nd/hidden\n**/*.log\n!d/sub/kept.log\n# a comment\n");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Map<String, String> pairs(Case of, String option) {
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i < of.options().size(); i += 2) {
            if (of.options().get(i).equals(option)) {
                String[] pair = of.options().get(i + 1).split("=", 2);
                pairs.put(pair[0], pair.length < 2 ? "" : pair[1]);
            }
        }
        return pairs;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isWhatBuildahMakes(Case of) throws Exception {
        Buildah.Made made =
                Objects.requireNonNull(theirs.get(of.name()), of.name()).get();
        Map<String, String> onlyTheirs = lines(List.of(made.tree()), made.document());
        fill(context());
        String target = pairs(of, "--target").keySet().stream()
                .findFirst()
                .map(stage -> "      target: \"" + stage + "\"\n")
                .orElse("");
        Image image = build(
                of.dockerfile(),
                "    build:\n      context: .\n" + target,
                request -> new BuildRequest(
                        request.projectJson(),
                        request.services(),
                        false,
                        pairs(of, "--build-arg"),
                        false,
                        false,
                        false,
                        null,
                        List.of(),
                        Map.of()));
        Map<String, String> ours = lines(image.layers(), document(image));
        Map<String, String> onlyOurs = new TreeMap<>(ours);
        onlyTheirs.forEach(onlyOurs::remove);
        ours.forEach(onlyTheirs::remove);
        assertThat(onlyOurs).as("only theirs: %s", onlyTheirs).isEmpty();
        assertThat(onlyTheirs).as("only theirs").isEmpty();
    }

    /** Files and configuration. */
    private static Map<String, String> lines(List<Path> layers, ImageJson document) throws IOException {
        Map<String, String> lines = new TreeMap<>(ImageTree.of(layers));
        OWN.forEach(lines::remove);
        ImageJson.Container config = document.config();
        Map<String, String> labels = new TreeMap<>(config.labels());
        labels.keySet().removeIf(label -> label.startsWith("com.docker.compose.") || label.startsWith("io.buildah."));
        lines.put("labels", labels.toString());
        lines.put("entrypoint", config.entrypoint().toString());
        lines.put("cmd", config.cmd().toString());
        lines.put("user", config.user());
        lines.put("directory", config.workingDir().isEmpty() ? "/" : config.workingDir());
        lines.put("signal", String.valueOf(config.stopSignal()));
        lines.put("env", config.env().stream().sorted().toList().toString());
        lines.put("ports", new TreeMap<>(config.exposedPorts()).keySet().toString());
        lines.put("volumes", new TreeMap<>(config.volumes()).keySet().toString());
        lines.put("health", String.valueOf(config.healthcheck()));
        lines.put("shell", config.shell().toString());
        lines.put("triggers", config.onBuild().toString());
        lines.put("author", document.author());
        return lines;
    }
}
