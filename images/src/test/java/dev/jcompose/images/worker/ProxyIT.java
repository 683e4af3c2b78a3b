package dev.jcompose.images.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import dev.jcompose.images.registry.RegistryAccess;
import dev.jcompose.images.testing.DockerRegistry;
import dev.jcompose.images.testing.ImageTar;
import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.images.testing.TestProxy;
import dev.jcompose.images.testing.TestRegistry;
import dev.jcompose.images.transfer.ImageTransfer;
import dev.jcompose.images.transfer.PullRequest;
import dev.jcompose.images.transfer.TransferListener;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registries that only a proxy reaches: their names mean nothing here. */
@RequiresRoot
class ProxyIT {
    @TempDir
    Path root;

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private ImageStore store;
    private WorkerProcess worker;
    private ImageTransfer transfer;
    private Image image;

    @BeforeEach
    void start() throws IOException {
        Linux linux = Linux.load();
        Path directory = root.resolve("store");
        store = ImageStore.open(linux, directory, List.of());
        worker = new WorkerProcess(WorkerLaunch.likeThisProcess(), directory, timers);
        transfer = new WorkerTransfer(linux, store, worker);
        image = store.load(new ByteArrayInputStream(new ImageTar("one:1")
                        .layer(LayerTar.gzip(new LayerTar().file("one", "1").bytes()))
                        .newDockerArchive()))
                .get(0);
    }

    @AfterEach
    void stop() throws IOException {
        worker.close();
        timers.shutdownNow();
        store.close();
    }

    private RegistryAccess access(String registries, String... variables) throws IOException {
        Path file = Files.writeString(root.resolve("registries.json"), "{\"registries\":{" + registries + "}}");
        Map<String, String> environment = new HashMap<>(Map.of("JCOMPOSE_REGISTRIES", file.toString()));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return RegistryAccess.of(environment);
    }

    private static String trusted(Path directory) {
        return "\"registry.example\":{\"ca\":\"" + directory.resolve("cert.pem") + "\"}";
    }

    /** There and back again. */
    private void move(String name, RegistryAccess access) throws IOException {
        ImageReference reference = ImageReference.parse(name);
        transfer.push(image, reference, access, TransferListener.NONE);
        assertThat(transfer.pull(PullRequest.of(reference, access), TransferListener.NONE)
                        .id())
                .isEqualTo(image.id());
    }

    @Test
    void aRegistryWithTlsIsReachedThroughATunnel() throws Exception {
        Path directory = root.resolve("registry");
        try (DockerRegistry registry = DockerRegistry.withTls(directory, "registry.example", null);
                TestProxy proxy = new TestProxy(Map.of("registry.example:443", registry.port()), null)) {
            move("registry.example/team/one:1", access(trusted(directory), "https_proxy", "127.0.0.1:" + proxy.port()));
            assertThat(proxy.requests()).isNotEmpty().allMatch("CONNECT registry.example:443"::equals);
        }
    }

    @Test
    void aProxyThatWantsAPasswordGetsThatOfItsUrl() throws Exception {
        Path directory = root.resolve("registry");
        try (DockerRegistry registry = DockerRegistry.withTls(directory, "registry.example", null);
                TestProxy proxy = new TestProxy(Map.of("registry.example:443", registry.port()), "me:pass")) {
            String url = "127.0.0.1:" + proxy.port();
            move("registry.example/team/one:1", access(trusted(directory), "HTTPS_PROXY", "http://me:pass@" + url));
            RegistryAccess nobody = access(trusted(directory), "HTTPS_PROXY", "http://" + url);
            ImageReference reference = ImageReference.parse("registry.example/team/one:1");
            assertThatThrownBy(() -> transfer.pull(PullRequest.of(reference, nobody), TransferListener.NONE))
                    .hasMessageContaining("proxy 'http://" + url + "' wants a user name and a password")
                    .hasMessageContaining("give them in its URL");
            RegistryAccess wrong = access(trusted(directory), "HTTPS_PROXY", "http://me:x@" + url);
            assertThatThrownBy(() -> transfer.pull(PullRequest.of(reference, wrong), TransferListener.NONE))
                    .hasMessageNotContaining("me:x");
        }
    }

    @Test
    void aRegistryWithoutTlsIsReachedByPlainRequests() throws Exception {
        try (TestRegistry registry = new TestRegistry();
                TestProxy proxy = new TestProxy(
                        Map.of(
                                "registry.example:5000",
                                Integer.valueOf(registry.name().split(":")[1])),
                        null)) {
            move(
                    "registry.example:5000/team/one:1",
                    access(
                            "\"registry.example:5000\":{\"insecure\":true}",
                            "HTTP_PROXY",
                            "http://127.0.0.1:" + proxy.port(),
                            "HTTPS_PROXY",
                            "http://127.0.0.1:" + proxy.port()));
            assertThat(proxy.requests())
                    .anyMatch(request -> request.startsWith("GET http://registry.example:5000/v2/team/one/manifests/"));
        }
    }

    @Test
    void aRegistryThatIsCalledInsecureMaySpeakTlsBehindTheProxy() throws Exception {
        try (DockerRegistry registry = DockerRegistry.withTls(root.resolve("registry"), "other.example", null);
                TestProxy proxy = new TestProxy(Map.of("registry.example:443", registry.port()), null)) {
            move(
                    "registry.example/team/one:1",
                    access(
                            "\"registry.example\":{\"insecure\":true}",
                            "HTTPS_PROXY",
                            "127.0.0.1:" + proxy.port(),
                            "HTTP_PROXY",
                            "127.0.0.1:" + proxy.port()));
        }
    }

    @Test
    void anExceptionIsAskedDirectlyAndSoIsThisMachine() throws Exception {
        try (TestProxy proxy = new TestProxy(Map.of(), null);
                TestRegistry registry = new TestRegistry()) {
            String url = "http://127.0.0.1:" + proxy.port();
            move(registry.name() + "/team/one:1", access("", "HTTP_PROXY", url, "HTTPS_PROXY", url));
            RegistryAccess except =
                    access("", "HTTP_PROXY", url, "HTTPS_PROXY", url, "NO_PROXY", "other.example,.invalid");
            ImageReference unknown = ImageReference.parse("registry.invalid/team/one:1");
            assertThatThrownBy(() -> transfer.pull(PullRequest.of(unknown, except), TransferListener.NONE))
                    .hasMessageContaining("no such host");
            assertThat(proxy.requests()).isEmpty();
        }
    }
}
