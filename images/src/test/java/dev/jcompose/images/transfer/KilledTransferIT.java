package dev.jcompose.images.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import dev.jcompose.images.registry.Patience;
import dev.jcompose.images.registry.RegistryAccess;
import dev.jcompose.images.testing.ImageTar;
import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.images.testing.TestRegistry;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the process that pulls or loads at every place where it says that it may be killed. */
@RequiresRoot
class KilledTransferIT {
    private static final int AT_ONCE = 3;
    private static final String SURVIVED = "survived ";

    @TempDir
    Path root;

    private final ImageTar image = new ImageTar("app:1")
            .layer(LayerTar.gzip(new LayerTar().file("base", "1").bytes()))
            .layer(new LayerTar().file("top", "2").bytes());
    private TestRegistry registry;
    private String pulled;

    @BeforeEach
    void serve() {
        registry = new TestRegistry().image("team/app", "1", image);
        pulled = registry.name() + "/team/app:1";
    }

    @AfterEach
    void close() {
        registry.close();
    }

    /** The exit code and what it said. */
    private record End(int code, String said) {}

    private static End run(Path store, int place, String operation, String what)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MortalTransfer.class.getName(),
                        store.toString(),
                        Integer.toString(place),
                        operation,
                        what)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        return new End(process.waitFor(), said);
    }

    private void killEverywhere(String operation, String what, String name) throws Exception {
        End alive = run(root.resolve("whole"), 0, operation, what);
        assertThat(alive.said()).startsWith(SURVIVED);
        int places = Integer.parseInt(alive.said().substring(SURVIVED.length()));
        assertThat(places).isGreaterThan(5);
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<String>> ends = new ArrayList<>();
            for (int i = 1; i <= places; i++) {
                int place = i;
                ends.add(threads.submit(() -> killAt(place, operation, what, name)));
            }
            List<String> said = new ArrayList<>();
            for (Future<String> end : ends) {
                said.add(end.get());
            }
            assertThat(said)
                    .contains(
                            "a blob is verified",
                            "a layer is unpacked",
                            "a layer is in the store",
                            "everything is on the disk",
                            "the index is written");
        } finally {
            threads.shutdownNow();
        }
    }

    /** Gives the place. */
    private String killAt(int place, String operation, String what, String name) throws Exception {
        Path directory = root.resolve("store-" + place);
        End end = run(directory, place, operation, what);
        assertThat(end.code()).as("at place %d: %s", place, end.said()).isEqualTo(MortalTransfer.DEAD);
        try (ImageStore store = ImageStore.open(Linux.load(), directory, List.of())) {
            assertThat(directory.resolve("tmp")).isEmptyDirectory();
            Optional<Image> found = store.find(ImageReference.parse(name));
            assertThat(found.isPresent()).isEqualTo(end.said().equals("the index is written"));
            try (Stream<Path> layers = Files.list(directory.resolve("layers"))) {
                // What is there under its name is whole.
                assertThat(layers).allSatisfy(layer -> {
                    assertThat(layer.resolve("layer.json")).isNotEmptyFile();
                    assertThat(layer.resolve("diff").toFile().list()).hasSize(1);
                });
            }
            again(store, operation, what);
            Image whole = store.find(ImageReference.parse(name)).orElseThrow();
            assertThat(whole.id()).isEqualTo(image.id().toString());
            assertThat(whole.layers().get(0).resolve("base")).hasContent("1");
            assertThat(whole.layers().get(1).resolve("top")).hasContent("2");
            store.remove(whole.id());
            assertThat(directory.resolve("layers")).isEmptyDirectory();
            assertThat(directory.resolve("blobs/sha256")).isEmptyDirectory();
        }
        return end.said();
    }

    private static void again(ImageStore store, String operation, String what) throws IOException {
        if (operation.equals("load")) {
            store.load(new ByteArrayInputStream(Files.readAllBytes(Path.of(what))));
        } else {
            new LocalTransfer(store, Patience.DEFAULT)
                    .pull(
                            PullRequest.of(ImageReference.parse(what), RegistryAccess.of(Map.of())),
                            TransferListener.NONE);
        }
    }

    @Test
    void aPullThatIsKilledLeavesNoHalfImageAndTheNextOneSucceeds() throws Exception {
        killEverywhere("pull", pulled, pulled);
    }

    @Test
    void aLoadThatIsKilledLeavesNoHalfImageAndTheNextOneSucceeds() throws Exception {
        Path archive = Files.write(root.resolve("archive.tar"), image.newDockerArchive());
        killEverywhere("load", archive.toString(), "app:1");
    }
}
