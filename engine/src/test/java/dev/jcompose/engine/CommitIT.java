package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.CommitRequest;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.ImageTree;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.oci.ImageJson;
import dev.jcompose.images.testing.ImageTar;
import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Images made of what containers have changed. */
@RequiresRoot
class CommitIT extends EngineScenario {
    @BeforeEach
    void loadAnImage() throws IOException {
        byte[] busybox = Files.readAllBytes(Path.of("/bin/busybox"));
        byte[] layer = new LayerTar()
                .program("bin/busybox", busybox)
                .symlink("bin/sh", "busybox")
                .file("etc/old", "1")
                .bytes();
        engine().images()
                .load(new ByteArrayInputStream(new ImageTar("base:1")
                        .layer(layer)
                        .env("A=1")
                        .cmd("/bin/sh", "-c", "exec /bin/busybox sleep 1000")
                        .newDockerArchive()));
    }

    private Image commit(String reference, boolean pause, String... changes) throws IOException {
        String id = engine().engine()
                .containers()
                .commit(new CommitRequest("p-a-1", reference, "Ada", "a note", List.of(changes), pause));
        return engine().images().findById(id).orElseThrow();
    }

    @Test
    void whatTheContainerChangedIsInTheImageAndTheFlagsCount() throws Exception {
        up("""
                services:
                  a:
                    image: base:1
                    command: ["/bin/sh", "-c", "echo 2 >/new; busybox rm /etc/old; busybox sleep 1000"]
                    environment: {SECRET: s3cret}
                    tmpfs: [/scratch]
                    volumes: [data:/data]
                volumes: {data: {}}
                """);
        String done = "until [ -e /new ] && ! [ -e /etc/old ]; do busybox sleep 0.1; done";
        assertThat(engine().exec("p-a-1", "/bin/sh", "-c", "echo x >/data/x; echo y >/scratch/y; " + done))
                .startsWith("0");
        Image image = commit(
                "mine:2",
                true,
                "CMD [\"/new\"]",
                "ENV B=2",
                "LABEL l=\"two words\"",
                "EXPOSE 80",
                "USER 7",
                "WORKDIR /etc",
                "VOLUME /data",
                "ENTRYPOINT [\"/bin/sh\"]",
                "STOPSIGNAL SIGINT",
                "ONBUILD RUN true",
                "HEALTHCHECK --interval=5s CMD true");
        Map<String, String> tree = ImageTree.of(image.layers());
        assertThat(tree).containsEntry("/new", "f 0644 0:0 2\\n").doesNotContainKey("/etc/old");
        assertThat(tree.keySet())
                .as("nothing of mounts, and no stubs of the runtime")
                .noneMatch(path -> path.matches("/(data|scratch)/.*|/proc.*|/sys.*|/dev.*|/etc/(hosts|resolv.conf)"));
        ImageJson document = engine().images().document(image);
        assertThat(document.author()).isEqualTo("Ada");
        assertThat(document.history().get(document.history().size() - 1).comment())
                .isEqualTo("a note");
        ImageJson.Container config = document.config();
        assertThat(config.cmd()).containsExactly("/new");
        assertThat(config.entrypoint()).containsExactly("/bin/sh");
        assertThat(config.env()).contains("A=1", "B=2").noneMatch(variable -> variable.startsWith("SECRET"));
        assertThat(config.labels()).containsEntry("l", "two words");
        assertThat(config.exposedPorts()).containsOnlyKeys("80/tcp");
        assertThat(config.user()).isEqualTo("7");
        assertThat(config.workingDir()).isEqualTo("/etc");
        assertThat(config.volumes()).containsOnlyKeys("/data");
        assertThat(config.stopSignal()).isEqualTo("SIGINT");
        assertThat(config.onBuild()).containsExactly("RUN true");
        assertThat(engine().images().find(ImageReference.parse("mine:2"))).contains(image);
        assertThat(state("p-a-1")).isEqualTo("running");
    }

    @Test
    void aCommitNeedsNoNameAndNoPauseAndRefusesWhatIsNoChange() throws Exception {
        up("services: {a: {image: 'base:1'}}\n");
        Image image = commit("", false);
        assertThat(image.names()).isEmpty();
        assertThatThrownBy(() -> commit("", false, "RUN true"))
                .hasMessageContaining("\"RUN true\" is not a valid change command");
        assertThatThrownBy(() -> commit("", false, "EXPOSE x"))
                .hasMessageContaining("--change:1:8: invalid containerPort");
        assertThatThrownBy(() -> commit("UPPER", false)).hasMessageContaining("UPPER");
        engine().engine().containers().stop("p-a-1", 0);
        assertThat(commit("stopped:1", true).names()).hasSize(1);
    }
}
