package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.jcompose.engine.api.DiskUsage;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.ImageHistoryStep;
import dev.jcompose.engine.api.ImageOptions;
import dev.jcompose.engine.api.ImageSummary;
import dev.jcompose.engine.api.PruneImagesRequest;
import dev.jcompose.engine.api.PullImagesRequest;
import dev.jcompose.engine.api.PullImagesRequest.Item;
import dev.jcompose.engine.api.RemovedImages;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.images.Image;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.testing.ImageTar;
import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.images.testing.TestRegistry;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Images that come from a registry while projects come up, and what can be done with them. */
@RequiresRoot
class ImagesIT extends EngineScenario {
    private TestRegistry registry;
    private ImageTar image;
    private String name;

    @BeforeEach
    void serveAnImage() throws IOException {
        byte[] busybox = Files.readAllBytes(Path.of("/bin/busybox"));
        byte[] layer =
                LayerTar.gzip(new LayerTar().program("bin/busybox", busybox).bytes());
        image = new ImageTar("").layer(layer).cmd("/bin/busybox", "sleep", "1000");
        registry = new TestRegistry().image("team/app", "1", image);
        name = registry.name() + "/team/app:1";
    }

    @AfterEach
    void closeTheRegistry() {
        registry.close();
    }

    private UpRequest request(String service, @Nullable String pull) throws IOException {
        return UpRequest.builder(request("services:\n  a:\n    image: " + name + "\n" + service)
                        .projectJson())
                .images(new ImageOptions(pull, false, false, false, false, Map.of()))
                .build();
    }

    private long pulls() {
        return registry.gets("/manifests/1");
    }

    private void pull() {
        engine().engine()
                .images()
                .pull(
                        new PullImagesRequest(
                                List.of(new Item("", name, null, "always", false)), false, Map.of(), null),
                        engine().listener());
    }

    @Test
    void upPullsWhatItsPolicyAsksFor() throws IOException {
        engine().up(request("", null));
        assertThat(state("p-a-1")).isEqualTo("running");
        assertThat(engine().events()).contains("IMAGE " + name + " Pulling", "IMAGE " + name + " Pulled");
        assertThat(pulls()).isEqualTo(1);
        engine().up(request("", null));
        assertThat(pulls()).as("it is here").isEqualTo(1);
        engine().up(request("    pull_policy: daily\n", null));
        assertThat(pulls()).as("it was pulled today").isEqualTo(1);
        engine().up(request("    pull_policy: always\n", null));
        assertThat(pulls()).isEqualTo(2);
        engine().up(request("", "always"));
        assertThat(pulls()).isEqualTo(3);
    }

    @Test
    void whatMustNotBePulledIsMissedAndWhatIsNotThereIsNamed() throws IOException {
        UpRequest never = request("    pull_policy: never\n", null);
        assertThatThrownBy(() -> engine().up(never))
                .isInstanceOf(EngineException.class)
                .hasMessage("services.a: no such image: " + name
                        + ": it is not here, and policy \"never\" forbids to pull it");
        name = registry.name() + "/team/none:1";
        UpRequest missing = request("", null);
        assertThatThrownBy(() -> engine().up(missing))
                .hasMessageContaining("manifest for " + name + ": manifest unknown");
    }

    @Test
    void anImageThatIsMountedIsPulledTooAndKept() throws IOException {
        ImageTar parts =
                new ImageTar("").layer(new LayerTar().file("data/part", "x").bytes());
        registry.image("team/parts", "1", parts);
        String mounted = registry.name() + "/team/parts:1";
        UpRequest request =
                request("    volumes:\n      - {type: image, source: '" + mounted + "', target: /parts}\n", null);
        engine().up(request);
        assertThat(engine().events()).contains("IMAGE " + mounted + " Pulled");
        assertThat(state("p-a-1")).isEqualTo("running");
        assertThatThrownBy(() -> engine().engine().images().remove(mounted, true))
                .hasMessageContaining("running container p-a-1");
        engine().up(request);
        assertThat(registry.gets("/team/parts/manifests/1")).as("it is here").isEqualTo(1);
        UpRequest never = request(
                "    pull_policy: never\n    volumes:\n      - {type: image, source: 'none:1', target: /parts}\n",
                null);
        assertThatThrownBy(() -> engine().up(never)).hasMessageContaining("services.a: no such image: none:1");
    }

    private List<String> told() {
        return engine().events().stream()
                .filter(event -> event.startsWith("IMAGE "))
                .toList();
    }

    @Test
    void aQuietPullTellsOnlyOfTheImageAsAWhole() throws IOException {
        UpRequest loud = request("", "always");
        engine().up(loud);
        assertThat(told()).hasSizeGreaterThan(2);
        engine().engine().containers().stop("p-a-1", 0);
        engine().down();
        engine().forgetEvents();
        engine().up(UpRequest.builder(loud.projectJson())
                .images(new ImageOptions("always", false, false, true, false, Map.of()))
                .build());
        assertThat(told()).containsExactly("IMAGE " + name + " Pulling", "IMAGE " + name + " Pulled");
    }

    @Test
    void oneDataDirectoryIsForOneEngine() throws IOException {
        assertThatThrownBy(() -> new TestEngine(directory()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use by another process: each engine needs a data directory of its own");
        pull();
        assertThat(engine().images().list()).as("the first goes on").hasSize(2);
    }

    @Test
    void enginesPullTheSameImageAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (TestEngine other = new TestEngine(Files.createDirectory(directory().resolve("other")))) {
            PullImagesRequest request =
                    new PullImagesRequest(List.of(new Item("", name, null, "always", false)), false, Map.of(), null);
            Future<?> theirs = threads.submit(() -> other.engine().images().pull(request, other.listener()));
            Future<?> own = threads.submit(() -> engine().engine().images().pull(request, engine().listener()));
            theirs.get();
            own.get();
            for (TestEngine each : List.of(engine(), other)) {
                assertThat(each.images().list())
                        .extracting(Image::id)
                        .contains(image.id().toString());
            }
            assertThat(registry.gets("/blobs/" + Digest.ofBytes(image.layers().get(0))))
                    .isEqualTo(2);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aMountedImageStaysWhenItsTagMovesOn() throws IOException {
        ImageTar parts =
                new ImageTar("").layer(new LayerTar().file("part", "old").bytes());
        registry.image("team/parts", "1", parts);
        String mounted = registry.name() + "/team/parts:1";
        engine().up(request("    volumes:\n      - {type: image, source: '" + mounted + "', target: /parts}\n", null));
        registry.image(
                "team/parts",
                "1",
                new ImageTar("").layer(new LayerTar().file("part", "new").bytes()));
        engine().engine()
                .images()
                .pull(
                        new PullImagesRequest(
                                List.of(new Item("", mounted, null, "always", false)), false, Map.of(), null),
                        engine().listener());
        engine().engine().containers().stop("p-a-1", 0);
        RemovedImages pruned = engine().engine().images().prune(new PruneImagesRequest(true, List.of(), null));
        assertThat(pruned.deleted()).doesNotContain(parts.id().toString()).hasSize(1);
        assertThat(engine().engine().containers().start("p-a-1")).isTrue();
        assertThat(engine().exec("p-a-1", "/bin/busybox", "cat", "/parts/part")).isEqualTo("0: old");
    }

    @Test
    void anImageThatAContainerUsesIsNotRemoved() throws IOException {
        engine().up(request("", null));
        assertThatThrownBy(() -> engine().engine().images().remove(name, true))
                .hasMessageContaining("unable to remove image \"" + name + "\"")
                .hasMessageContaining("running container p-a-1");
        engine().engine().containers().stop("p-a-1", 0);
        assertThatThrownBy(() -> engine().engine().images().remove(name, false))
                .hasMessageContaining("stopped container");
        assertThat(engine().engine().images().remove(name, true).deleted()).isEmpty();
        assertThat(engine().engine().containers().start("p-a-1")).isTrue();
        assertThat(engine().engine()
                        .images()
                        .prune(new PruneImagesRequest(true, List.of(), null))
                        .deleted())
                .isEmpty();
        engine().down();
        assertThat(engine().engine()
                        .images()
                        .prune(new PruneImagesRequest(false, List.of(), null))
                        .deleted())
                .containsExactly(image.id().toString());
    }

    @Test
    void anImageIsTaggedInspectedSavedRemovedAndLoaded() throws IOException {
        pull();
        assertThat(engine().events()).anyMatch(line -> line.contains("Pull complete"));
        engine().engine().images().tag(name, "mine:2");
        JsonObject inspected = JsonObject.parse(engine().engine().images().inspect("mine:2"));
        assertThat(inspected.string("Id")).isEqualTo(image.id().toString());
        assertThat(inspected.strings("RepoTags")).containsExactly(name, "mine:2");
        assertThat(inspected.strings("RepoDigests"))
                .containsExactly(registry.name() + "/team/app@" + Digest.ofBytes(image.manifestBytes()));
        assertThat(inspected.object("Config").strings("Cmd")).contains("sleep");
        assertThat(engine().engine().images().history("mine:2"))
                .extracting(ImageHistoryStep::id)
                .containsExactly(image.id().toString());
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        engine().engine().images().save(List.of("mine:2"), saved);
        RemovedImages untagged = engine().engine().images().remove("mine:2", false);
        assertThat(untagged.untagged()).containsExactly("mine:2");
        assertThat(untagged.deleted()).isEmpty();
        assertThat(engine().engine()
                        .images()
                        .remove(image.id().hex().substring(0, 12), false)
                        .deleted())
                .containsExactly(image.id().toString());
        assertThat(engine().engine().images().load(new ByteArrayInputStream(saved.toByteArray())))
                .containsExactly("mine:2");
        assertThat(engine().engine().images().list())
                .filteredOn(summary -> summary.names().contains("mine:2"))
                .extracting(ImageSummary::id)
                .containsExactly(image.id().toString());
        assertThatThrownBy(() -> engine().engine().images().inspect("none:1")).hasMessage("No such image: none:1");
    }

    @Test
    void whatIsSharedAndWhoUsesItIsSaidOfEachImage() throws IOException {
        byte[] own = new LayerTar().file("own", "x".repeat(1000)).bytes();
        registry.image(
                "team/more", "1", new ImageTar("").layer(image.layers().get(0)).layer(own));
        engine().up(request("    volumes: [data:/data]\nvolumes: {data: {}}\n", null));
        String more = registry.name() + "/team/more:1";
        engine().engine()
                .images()
                .pull(
                        new PullImagesRequest(
                                List.of(new Item("", more, null, "always", false)), false, Map.of(), null),
                        engine().listener());
        List<DiskUsage> usages = engine().engine().images().diskUsage();
        long busybox = Files.size(Path.of("/bin/busybox"));
        assertThat(usages.get(0).items())
                .extracting(
                        DiskUsage.Item::names,
                        DiskUsage.Item::sizeBytes,
                        DiskUsage.Item::sharedBytes,
                        DiskUsage.Item::users)
                .containsExactlyInAnyOrder(
                        tuple(List.of(name), busybox, busybox, 1L), tuple(List.of(more), busybox + 1000, busybox, 0L));
        assertThat(usages.get(0).sizeBytes()).isEqualTo(busybox + 1000);
        assertThat(usages.get(0).reclaimableBytes()).isEqualTo(1000);
        assertThat(usages.get(1).items()).extracting(DiskUsage.Item::names).containsExactly(List.of("p-a-1"));
        assertThat(usages.get(2).items())
                .extracting(DiskUsage.Item::id, DiskUsage.Item::users)
                .containsExactly(tuple("p_data", 1L));
    }

    @Test
    void onlyImagesOfBeforeThatTimeArePruned() throws IOException {
        pull();
        Instant created = engine().images().list().get(0).created();
        assertThat(engine().engine()
                        .images()
                        .prune(new PruneImagesRequest(true, List.of(), created))
                        .deleted())
                .isEmpty();
        assertThat(engine().engine()
                        .images()
                        .prune(new PruneImagesRequest(true, List.of("none=1"), null))
                        .deleted())
                .isEmpty();
        assertThat(engine().engine()
                        .images()
                        .prune(new PruneImagesRequest(true, List.of(), created.plusSeconds(1)))
                        .deleted())
                .containsExactly(image.id().toString());
    }

    @Test
    void pruningWhileProjectsComeUpTakesNoImageFromAContainer() throws Exception {
        PruneImagesRequest everything = new PruneImagesRequest(true, List.of(), null);
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Integer> pruning = CompletableFuture.supplyAsync(() -> {
            int pruned = 0;
            while (!ended.get()) {
                pruned += engine().engine().images().prune(everything).deleted().size();
            }
            return pruned;
        });
        for (int i = 0; i < 5; i++) {
            if (upUnlessPruned()) {
                assertThat(engine().exec("p-a-1", "/bin/busybox", "echo", "here"))
                        .isEqualTo("0: here");
            }
            engine().down();
        }
        ended.set(true);
        assertThat(pruning.get(60, TimeUnit.SECONDS)).isPositive();
    }

    /** An image that is pruned between its pull and the container is an error that says so. */
    private boolean upUnlessPruned() throws IOException {
        try {
            engine().up(request("", null));
            return true;
        } catch (EngineException e) {
            assertThat(e)
                    .hasMessageMatching("(?s).*(has been removed meanwhile|no such image|No such image|is not here).*");
            return false;
        }
    }

    @Test
    void theDigestOfAReferenceIsHadWithoutPulling() {
        assertThat(engine().engine().images().resolve(name, Map.of()))
                .isEqualTo(Digest.ofBytes(image.manifestBytes()).toString());
        assertThat(engine().engine().images().diskUsage().get(0).total()).isZero();
    }
}
