package dev.jcompose.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.testing.BuildScenario;
import dev.jcompose.engine.testing.ImageTree;
import dev.jcompose.images.Image;
import dev.jcompose.images.testing.ImageTar;
import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A root file system that mmdebstrap makes of Debian's packages, from the mirror that this machine uses. */
@RequiresRoot
class MmdebstrapIT extends BuildScenario {
    private static final Path TOOL = Path.of("/usr/bin/mmdebstrap");
    private static final Path SOURCES = Path.of("/etc/apt/sources.list.d/debian.sources");
    private static final int SECONDS = 60;

    /** Only busybox: no package is configured. */
    private void make(Path tar) throws Exception {
        assumeTrue(Files.isExecutable(TOOL), "needs mmdebstrap");
        Path sources = Files.isRegularFile(SOURCES) ? SOURCES : Path.of("/etc/apt/sources.list");
        Path log = context().resolveSibling("mmdebstrap.log");
        Process process = new ProcessBuilder(
                        TOOL.toString(),
                        "--quiet",
                        "--mode=root",
                        "--variant=extract",
                        "--include=busybox-static",
                        "--aptopt=Acquire::Retries \"0\"",
                        "--aptopt=Acquire::http::Timeout \"10\"",
                        "",
                        tar.toString(),
                        sources.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        assumeTrue(ended && process.exitValue() == 0, () -> "the mirror of " + sources + " cannot be reached: " + log);
    }

    @Test
    void itIsABaseImageHoweverItComesIntoTheStore() throws Exception {
        Path tar = context().resolve("root.tar");
        make(tar);
        Image built = build("""
                FROM scratch
                ADD root.tar /
                RUN ["/bin/busybox", "sh", "-c", "busybox cp /etc/fstab /copied"]
                """, "    build: {context: ., network: none}\n");
        Map<String, String> tree = tree(built);
        assertThat(tree).containsKeys("/bin/busybox", "/etc/fstab", "/copied", "/var/lib/dpkg/status");
        assertThat(content(built, "/copied")).isEqualTo(content(built, "/etc/fstab"));

        byte[] archive = new ImageTar("localhost/debian:1")
                .layer(LayerTar.gzip(Files.readAllBytes(tar)))
                .newDockerArchive();
        engine().engine().images().load(new ByteArrayInputStream(archive));
        Map<String, String> loaded = ImageTree.of(image("localhost/debian:1").layers());
        tree.remove("/copied");
        assertThat(tree).as("unpacked by ADD and as a layer").isEqualTo(loaded);
    }
}
