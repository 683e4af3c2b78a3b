package dev.jcompose.images.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.Index;
import dev.jcompose.images.oci.MediaType;
import dev.jcompose.images.oci.OciJson;
import dev.jcompose.images.oci.Platform;
import dev.jcompose.images.registry.Credentials;
import dev.jcompose.images.registry.Patience;
import dev.jcompose.images.registry.RegistryAccess;
import dev.jcompose.images.store.Failpoint;
import dev.jcompose.images.testing.ImageTar;
import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.images.testing.TestRegistry;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresRoot
class FaultyRegistryIT {
    private static final Patience IMPATIENT = new Patience(
            4, Duration.ofMillis(1), Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMillis(300));
    private static final byte[] BASE =
            LayerTar.gzip(new LayerTar().bytes("base", noise(300_000, 1)).bytes());
    private static final byte[] TOP = new LayerTar().file("top", "2").bytes();

    @TempDir
    Path root;

    private TestRegistry registry;
    private ImageStore store;
    private ImageTransfer transfer;
    private final ImageTar image = new ImageTar("").layer(BASE).layer(TOP);
    private final List<TransferEvent> events = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void start() throws IOException {
        registry = new TestRegistry().image("team/app", "1", image);
        store = ImageStore.open(Linux.load(), root.resolve("store"), List.of());
        transfer = new LocalTransfer(store, IMPATIENT);
    }

    @AfterEach
    void stop() throws IOException {
        registry.close();
        assertThat(root.resolve("store/tmp")).isEmptyDirectory();
        store.close();
    }

    private void reopen() throws IOException {
        store.close();
        store = ImageStore.open(Linux.load(), root.resolve("store"), List.of());
        transfer = new LocalTransfer(store, IMPATIENT);
    }

    private static byte[] noise(int bytes, int seed) {
        byte[] noise = new byte[bytes];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    private ImageReference reference(String rest) {
        return ImageReference.parse(registry.name() + "/" + rest);
    }

    private Image pull(String rest) throws IOException {
        return transfer.pull(PullRequest.of(reference(rest), access()), events::add);
    }

    private static RegistryAccess access() {
        return RegistryAccess.of(Map.of());
    }

    private static String blob(byte[] content) {
        return "/blobs/" + Digest.ofBytes(content);
    }

    /** Whether so many bytes of a blob have come. */
    private boolean hasDownload(long bytes) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve("store/downloads"))) {
            return files.anyMatch(
                    file -> Files.isRegularFile(file) && file.toFile().length() == bytes);
        }
    }

    private void assertNothingIsKept() {
        assertThat(root.resolve("store/blobs/sha256")).isEmptyDirectory();
        assertThat(root.resolve("store/layers")).isEmptyDirectory();
    }

    @Test
    void anImageIsPulledUnderItsNameAndDigest() throws IOException {
        Image pulled = pull("team/app:1");
        assertThat(pulled.id()).isEqualTo(image.id().toString());
        assertThat(pulled.names()).containsExactly(reference("team/app:1"));
        assertThat(pulled.repoDigests())
                .containsExactly(reference("team/app@" + Digest.ofBytes(image.manifestBytes())));
        assertThat(pulled.layers().get(1).resolve("top")).hasContent("2");
        assertThat(events)
                .extracting(TransferEvent::action)
                .contains("Pulling fs layer", "Download complete", "Extracting", "Pull complete");
        assertThat(transfer.resolve(reference("team/app:1"), access()))
                .isEqualTo(Digest.ofBytes(image.manifestBytes()));
        pull("team/app:1");
        assertThat(registry.gets(blob(BASE))).as("downloads of the layer").isEqualTo(1);
        assertThat(events).extracting(TransferEvent::action).contains("Already exists");
    }

    @Test
    void aDownloadThatIsCutGoesOnWhereItWasCut() throws IOException {
        registry.fault(blob(BASE), registry.cutAfter(100_000)).fault(blob(BASE), registry.cutAfter(50_000));
        pull("team/app:1");
        assertThat(registry.requests())
                .contains(
                        "GET /v2/team/app" + blob(BASE) + " bytes=100000-",
                        "GET /v2/team/app" + blob(BASE) + " bytes=150000-");
        assertThat(events).extracting(TransferEvent::action).contains("Retrying");
    }

    @Test
    void aServerThatKnowsNoRangesSendsAllOfItAgain() throws IOException {
        registry.fault(blob(BASE), registry.cutAfter(100_000)).fault(blob(BASE), exchange -> {
            exchange.send(200, BASE);
            return true;
        });
        assertThat(pull("team/app:1").layers().get(0).resolve("base")).hasBinaryContent(noise(300_000, 1));
    }

    @Test
    void aPullGoesOnWithWhatThePullBeforeItHas() throws IOException {
        registry.fault(blob(BASE), registry.cutAfter(100_000));
        for (int i = 0; i < 40; i++) {
            registry.fault(blob(BASE), TestRegistry.status(503));
        }
        assertThatThrownBy(() -> pull("team/app:1")).hasMessageContaining("HTTP status 503");
        assertThat(store.list()).hasSize(1);
        reopen();
        registry.clearFaults();
        pull("team/app:1");
        assertThat(registry.gets(blob(TOP))).isEqualTo(1);
        assertThat(registry.requests()).last().asString().endsWith(blob(BASE) + " bytes=100000-");
        assertThat(root.resolve("store/downloads")).isDirectoryNotContaining("regex:.*/[0-9a-f]{8}/.+");
    }

    @Test
    void whatAnEarlierPullHasIsNotBelieved() throws IOException {
        Path rotten = store.content().unfinished().file(Digest.ofBytes(BASE));
        Files.write(rotten, noise(100_000, 3));
        assertThat(pull("team/app:1").layers().get(0).resolve("base")).hasBinaryContent(noise(300_000, 1));
        store.remove(image.id().toString());
        Files.write(rotten, noise(BASE.length, 3));
        pull("team/app:1");
        store.remove(image.id().toString());
        Files.write(rotten, noise(2 * BASE.length, 3));
        pull("team/app:1");
    }

    @Test
    void whatAPullHasLeftIsKeptForADay() throws IOException {
        for (int i = 0; i < 40; i++) {
            registry.fault(blob(BASE), TestRegistry.status(503));
        }
        assertThatThrownBy(() -> pull("team/app:1")).hasMessageContaining("HTTP status 503");
        assertThat(store.content().blobs().list()).isNotEmpty();
        Clock tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofHours(25));
        store.close();
        store = ImageStore.open(Linux.load(), root.resolve("store"), List.of(), tomorrow, Failpoint.NONE);
        assertNothingIsKept();
    }

    @Test
    void aDownloadThatIsAlwaysCutFails() {
        // More than attempts: the JVM's HTTP client may ask again by itself when no answer has begun.
        for (int i = 0; i < 40; i++) {
            registry.fault(blob(BASE), registry.cutAfter(0));
        }
        assertThatThrownBy(() -> pull("team/app:1"))
                .hasMessageContaining("broke off after 0 of " + BASE.length + " bytes, 4 times");
    }

    @Test
    void aServerThatStopsSendingIsNotWaitedForForEver() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        registry.fault(blob(BASE), exchange -> {
            registry.cutAfter(1000).answer(exchange);
            try {
                return end.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        pull("team/app:1");
        end.countDown();
        assertThat(registry.requests()).contains("GET /v2/team/app" + blob(BASE) + " bytes=1000-");
    }

    @Test
    void errorsThatPassAreTriedAgainAndRetryAfterIsHonoured() throws IOException {
        registry.fault("/manifests/1", TestRegistry.status(500))
                .fault("/manifests/1", TestRegistry.status(503))
                .fault(blob(TOP), TestRegistry.status(429, "Retry-After", "1"));
        long before = System.nanoTime();
        pull("team/app:1");
        assertThat(System.nanoTime() - before).isGreaterThan(TimeUnit.SECONDS.toNanos(1) / 2);
        assertThat(registry.gets("/manifests/1")).isEqualTo(3);
        assertThat(registry.gets(blob(TOP))).isEqualTo(2);
    }

    @Test
    void aRegistryThatStaysOutOfOrderIsNamed() {
        for (int i = 0; i < 4; i++) {
            registry.fault("/manifests/1", TestRegistry.status(500));
        }
        assertThatThrownBy(() -> pull("team/app:1"))
                .hasMessage("manifest for %s/team/app:1: registry '%s': HTTP status 500"
                        .formatted(registry.name(), registry.name()));
    }

    @Test
    void aLimitIsExplained() {
        registry.fault("/manifests/1", exchange -> {
            exchange.set("Retry-After", "3600");
            TestRegistry.error(exchange, 429, "TOOMANYREQUESTS", "You have reached your pull rate limit");
            return true;
        });
        assertThatThrownBy(() -> pull("team/app:1"))
                .hasMessageContaining("limits how often it is asked")
                .hasMessageContaining("You have reached your pull rate limit")
                .hasMessageContaining("jcompose login " + registry.name());
        assertThat(registry.gets("/manifests/1"))
                .as("an hour is not waited for")
                .isEqualTo(1);
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThatThrownBy(() -> pull("team/app:none"))
                .hasMessage("manifest for %s/team/app:none: manifest unknown".formatted(registry.name()));
        registry.fault("/manifests/1", exchange -> {
            TestRegistry.error(exchange, 403, "DENIED", "requested access to the resource is denied");
            return true;
        });
        assertThatThrownBy(() -> pull("team/app:1"))
                .hasMessageStartingWith("pull access denied for " + registry.name()
                        + "/team/app, repository does not exist or may require 'jcompose login " + registry.name()
                        + "'");
    }

    @Test
    void contentThatIsNotWhatItsDigestSaysIsRefused() {
        byte[] other = BASE.clone();
        other[other.length / 2] ^= 1;
        registry.blobAs(Digest.ofBytes(BASE), other);
        assertThatThrownBy(() -> pull("team/app:1"))
                .hasMessageContaining("layer " + Digest.ofBytes(BASE))
                .hasMessageContaining("is damaged: its digest is " + Digest.ofBytes(other));
        assertNothingIsKept();
    }

    @Test
    void contentThatIsLargerThanPromisedIsRefused() {
        byte[] larger = Arrays.copyOf(BASE, BASE.length + 1);
        registry.blobAs(Digest.ofBytes(BASE), larger);
        assertThatThrownBy(() -> pull("team/app:1"))
                .hasMessageContaining("it is larger than the " + BASE.length + " bytes that the manifest says");
        assertNothingIsKept();
    }

    @Test
    void aManifestThatIsNotWhatItsDigestSaysIsRefused() {
        Digest digest = Digest.ofBytes(image.manifestBytes());
        registry.fault("/manifests/" + digest, exchange -> {
            exchange.set("Content-Type", MediaType.OCI_MANIFEST).send(200, "{}".getBytes(UTF_8));
            return true;
        });
        assertThatThrownBy(() -> pull("team/app@" + digest))
                .hasMessageContaining("it is not what its digest " + digest + " says");
    }

    @Test
    void aLayerThatAttacksIsRefusedAndNothingIsKept() throws IOException {
        byte[] attack = LayerTar.gzip(new LayerTar()
                .symlink("out", root.toString())
                .file("out/evil", "x")
                .bytes());
        registry.image("team/bad", "1", new ImageTar("").layer(BASE).layer(attack));
        assertThatThrownBy(() -> pull("team/bad:1"))
                .hasMessageContaining("layer " + Digest.ofBytes(attack))
                .hasMessageContaining("leaves the layer through a symbolic link");
        assertThat(root.resolve("evil")).doesNotExist();
        assertNothingIsKept();
    }

    @Test
    void anIndexGivesTheImageForThePlatformThatIsAskedFor() throws IOException {
        ImageTar arm = new ImageTar("").layer(TOP).platform(new Platform("linux", "arm", "v7"));
        registry.image("team/app", "arm", arm);
        Descriptor here = image.manifest();
        Descriptor there = arm.manifest();
        byte[] index = new OciJson().write(new Index(2, MediaType.OCI_INDEX, List.of(there, here)));
        registry.manifest("team/app", "all", MediaType.OCI_INDEX, index);
        assertThat(pull("team/app:all").id()).isEqualTo(image.id().toString());
        ImageReference reference = reference("team/app:all");
        Image armed = transfer.pull(
                new PullRequest(reference, Platform.parse("linux/arm/v7"), access()), TransferListener.NONE);
        assertThat(armed.id()).isEqualTo(arm.id().toString());
        assertThat(armed.repoDigests()).containsExactly(reference("team/app@" + Digest.ofBytes(index)));
        assertThatThrownBy(() -> transfer.pull(
                        new PullRequest(reference, Platform.parse("linux/s390x"), access()), TransferListener.NONE))
                .hasMessageContaining("no matching manifest for linux/s390x")
                .hasMessageContaining("it is there for linux/")
                .hasMessageContaining("linux/arm/v7");
    }

    @Test
    void aReferenceWithADigestGetsThatImageAndNoTag() throws IOException {
        Digest digest = Digest.ofBytes(image.manifestBytes());
        Image pulled = pull("team/app:other@" + digest);
        assertThat(pulled.names()).isEmpty();
        assertThat(store.find(reference("team/app@" + digest))).contains(pulled);
        assertThat(store.find(reference("team/app:1"))).isEmpty();
    }

    @Test
    void pullsOfTheSameImageAtOnceAllGetItAndDownloadItOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<Image>> pulls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            pulls.add(threads.submit(() -> pull("team/app:1")));
        }
        for (Future<Image> image : pulls) {
            assertThat(image.get().id()).isEqualTo(pulls.get(0).get().id());
        }
        threads.shutdown();
        assertThat(registry.gets(blob(BASE))).isEqualTo(1);
    }

    @Test
    void twoPullsAtOnceDownloadALayerOnce() throws Exception {
        registry.image("team/other", "1", new ImageTar("").layer(BASE));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Future<Image> one = threads.submit(() -> pull("team/app:1"));
        Future<Image> two = threads.submit(() -> pull("team/other:1"));
        assertThat(one.get().layers().get(0)).isEqualTo(two.get().layers().get(0));
        threads.shutdown();
        assertThat(registry.gets(blob(BASE))).isEqualTo(1);
    }

    @Test
    void anUploadThatFailsIsTriedAgainAndOneThatIsLostBegunAnew() throws IOException {
        Image pulled = pull("team/app:1");
        ImageReference other = reference("team/copy:2");
        for (byte[] content : List.of(BASE, TOP, image.config())) {
            registry.fault("/team/copy" + blob(content), TestRegistry.status(404));
        }
        registry.fault(
                        "/team/copy/blobs/uploads/",
                        TestRegistry.status(202, "Location", "/v2/team/copy/blobs/uploads/1"))
                .fault("/team/copy/blobs/uploads/1", TestRegistry.status(500))
                .fault("/team/copy/blobs/uploads/1", exchange -> true)
                .fault("/team/copy/blobs/uploads/1", TestRegistry.status(404))
                .fault("/team/copy/blobs/uploads/1", TestRegistry.status(429, "Retry-After", "1"))
                .fault("/team/copy/manifests/2", TestRegistry.status(503));
        transfer.push(pulled, other, access(), events::add);
        assertThat(registry.manifest("team/copy", "2")).isNotNull();
        assertThat(store.find(other.withDigest(Digest.ofBytes(image.manifestBytes()))))
                .as("the registry's name for it is noted")
                .isPresent();
    }

    @Test
    void whatARegistryDoesNotTakeIsSaid() throws IOException {
        Image pulled = pull("team/app:1");
        registry.fault("/manifests/2", exchange -> {
            TestRegistry.error(exchange, 400, "MANIFEST_INVALID", "manifest invalid: too old");
            return true;
        });
        assertThatThrownBy(() -> transfer.push(pulled, reference("team/app:2"), access(), events::add))
                .hasMessageContaining("manifest for " + registry.name() + "/team/app:2: registry")
                .hasMessageContaining("manifest invalid: too old");
        registry.fault("/manifests/3", exchange -> {
            TestRegistry.error(exchange, 403, "DENIED", "requested access to the resource is denied");
            return true;
        });
        assertThatThrownBy(() -> transfer.push(pulled, reference("team/app:3"), access(), events::add))
                .hasMessageContaining("push access denied for " + registry.name() + "/team/app")
                .hasMessageContaining("jcompose login " + registry.name());
    }

    @Test
    void aConfigurationThatIsTooLargeIsNotRead() {
        Digest digest = Digest.ofText("config");
        registry.manifest(
                "team/huge",
                "1",
                MediaType.OCI_MANIFEST,
                "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":99999999999},\"layers\":[]}"
                        .formatted(MediaType.OCI_CONFIG, digest)
                        .getBytes(UTF_8));
        assertThatThrownBy(() -> pull("team/huge:1"))
                .hasMessageContaining("has a configuration of 99999999999 bytes; more than 16777216 are not read");
        assertThat(registry.gets("/blobs/" + digest)).isZero();
    }

    @Test
    void aMirrorIsAskedFirstAndTheRegistryWhenItFails() throws IOException {
        try (TestRegistry mirror = new TestRegistry().image("team/app", "1", image)) {
            mirror.blobAs(
                    Digest.ofBytes(TOP),
                    "rotten".repeat(TOP.length).substring(0, TOP.length).getBytes(UTF_8));
            Path file = Files.writeString(
                    root.resolve("registries.json"),
                    "{\"registries\":{\"%s\":{\"insecure\":true,\"mirrors\":[\"http://%s\"]}}}"
                            .formatted(registry.name(), mirror.name()));
            RegistryAccess mirrored = RegistryAccess.of(Map.of("JCOMPOSE_REGISTRIES", file.toString()));
            transfer.pull(PullRequest.of(reference("team/app:1"), mirrored), TransferListener.NONE);
            assertThat(mirror.gets(blob(BASE))).isEqualTo(1);
            assertThat(registry.gets(blob(BASE))).isZero();
            assertThat(registry.gets(blob(TOP)))
                    .as("what the mirror has is rotten")
                    .isEqualTo(1);
        }
    }

    @Test
    void aRedirectToAnotherServerGetsTheContentAndNoPassword() throws IOException {
        try (TestRegistry storage = new TestRegistry().blob(BASE)) {
            registry.fault("/manifests/1", TestRegistry.status(401, "WWW-Authenticate", "Basic realm=\"x\""))
                    .fault(
                            blob(BASE),
                            TestRegistry.status(307, "Location", "http://" + storage.name() + "/store" + blob(BASE)));
            RegistryAccess login = access().with(Credentials.of("me", "secret"));
            transfer.pull(PullRequest.of(reference("team/app:1"), login), TransferListener.NONE);
            assertThat(registry.requests()).contains("GET /v2/team/app" + blob(BASE) + " Basic bWU6c2VjcmV0");
            assertThat(storage.requests()).containsExactly("GET /store" + blob(BASE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://my_bucket.example/x", "https://[", "/with a blank", "//", "file:///etc/passwd"})
    void aRedirectToWhatIsNoAddressOfAServerIsNamed(String location) {
        registry.fault(blob(BASE), TestRegistry.status(307, "Location", location));

        assertThatThrownBy(() -> pull("team/app:1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("registry '" + registry.name() + "' redirects to '" + location + "'");
    }

    @Test
    void aPullThatIsInterruptedEndsAndTheNextOneGoesOn() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        registry.fault(blob(BASE), exchange -> {
            registry.cutAfter(1000).answer(exchange);
            asked.countDown();
            try {
                return end.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<Image> pull = thread.submit(() -> pull("team/app:1"));
        asked.await();
        await().until(() -> hasDownload(1000));
        thread.shutdownNow();
        assertThat(thread.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        end.countDown();
        assertThatThrownBy(pull::get).hasMessageContaining("canceled");
        assertThat(store.list()).hasSize(1);
        pull("team/app:1");
        assertThat(registry.requests()).contains("GET /v2/team/app" + blob(BASE) + " bytes=1000-");
        store.remove(image.id().toString());
        assertNothingIsKept();
    }
}
