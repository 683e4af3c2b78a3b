package dev.jcompose.images.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.registry.RegistryAccess;
import dev.jcompose.images.testing.ImageTar;
import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.images.testing.TestRegistry;
import dev.jcompose.images.transfer.PullRequest;
import dev.jcompose.images.transfer.TransferListener;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker is killed while it pulls; the engine, which keeps the index, lives. */
@RequiresRoot
class KilledWorkerIT {
    @TempDir
    Path root;

    @Test
    void aPullHearsOfItAndTheNextOneGoesOnWithAnotherWorker() throws Exception {
        byte[] noise = new byte[200_000];
        new Random(1).nextBytes(noise);
        byte[] layer = new LayerTar().bytes("noise", noise).bytes();
        ImageTar image = new ImageTar("").layer(layer);
        String blob = "/blobs/" + Digest.ofBytes(layer);
        Linux linux = Linux.load();
        Path directory = root.resolve("store");
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (TestRegistry registry = new TestRegistry().image("team/app", "1", image);
                ImageStore store = ImageStore.open(linux, directory, List.of());
                WorkerProcess worker = new WorkerProcess(WorkerLaunch.likeThisProcess(), directory, timers)) {
            WorkerTransfer transfer = new WorkerTransfer(linux, store, worker);
            PullRequest request =
                    PullRequest.of(ImageReference.parse(registry.name() + "/team/app:1"), RegistryAccess.of(Map.of()));
            CountDownLatch sent = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            registry.fault(blob, exchange -> {
                registry.cutAfter(100_000).answer(exchange);
                sent.countDown();
                try {
                    end.await();
                    return true;
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            });
            Future<Image> pull = thread.submit(() -> transfer.pull(request, TransferListener.NONE));
            assertThat(sent.await(60, TimeUnit.SECONDS)).isTrue();
            Awaitility.await()
                    .until(() -> store.content()
                                    .unfinished()
                                    .file(Digest.ofBytes(layer))
                                    .toFile()
                                    .length()
                            == 100_000);
            ProcessHandle.current()
                    .children()
                    .filter(child -> child.info().command().orElse("").endsWith("/java"))
                    .forEach(ProcessHandle::destroyForcibly);
            assertThatThrownBy(pull::get).hasMessageContaining("the process that works on images ended");
            end.countDown();
            assertThat(store.list()).hasSize(1);
            Image whole = transfer.pull(request, TransferListener.NONE);
            assertThat(whole.layers().get(0).resolve("noise")).hasBinaryContent(noise);
            assertThat(registry.requests()).contains("GET /v2/team/app" + blob + " bytes=100000-");
        } finally {
            thread.shutdownNow();
            timers.shutdownNow();
        }
    }
}
