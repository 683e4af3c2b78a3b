package dev.jcompose.network.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.network.Protocol;
import dev.jcompose.network.testing.Echo;
import dev.jcompose.network.testing.NftList;
import dev.jcompose.network.testing.World;
import dev.jcompose.network.testing.World.Container;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RequiresRoot(namespaces = true)
class FirewallWatchIT {
    private final ExecutorService workers = Executors.newSingleThreadExecutor();
    private EventLoop loop;

    @BeforeEach
    void startLoop() throws Exception {
        loop = new EventLoop(Linux.load(), "test");
    }

    @AfterEach
    void stopLoop() {
        loop.close();
        workers.shutdown();
    }

    @Test
    void whatSomebodyElseRemovesIsWrittenAgainAtOnce() throws Exception {
        try (World world = new World();
                FirewallWatch watch = FirewallWatch.start(
                                Linux.load(), world.networks().firewall(), loop, workers)
                        .orElseThrow()) {
            assertThat(watch).isNotNull();
            Container a = world.container(world.network("n1"), "a");
            world.networks().publish(List.of(a.publish(Protocol.TCP, null, 8080)));
            String before = rules();

            for (String vandalism : List.of(
                    "flush ruleset",
                    "delete table ip jcompose-test",
                    "flush table ip jcompose-test",
                    "flush map ip jcompose-test published")) {
                NftList.run(vandalism.split(" "));
                await(vandalism).untilAsserted(() -> assertThat(rules()).isEqualTo(before));
            }
            assertThat(Echo.tcp("127.0.0.1", 8080)).isNotEmpty();
        }
    }

    @Test
    void ourOwnChangesAreNoReasonToWriteItAgain() throws Exception {
        try (World world = new World();
                FirewallWatch watch = FirewallWatch.start(
                                Linux.load(), world.networks().firewall(), loop, workers)
                        .orElseThrow()) {
            assertThat(watch).isNotNull();
            Container a = world.container(world.network("n1"), "a");
            long handle = NftList.handle("jcompose-test");
            world.network("n2");
            for (int port = 9000; port < 9020; port++) {
                PublishedPort published = a.publish(Protocol.TCP, null, port);
                world.networks().publish(List.of(published));
                world.networks().unpublish(List.of(published));
            }

            NftList.run("add", "table", "ip", "somebody");
            NftList.run("delete", "table", "ip", "somebody");

            assertThat(NftList.handle("jcompose-test")).isEqualTo(handle);
        }
    }

    private static String rules() throws Exception {
        return NftList.ruleset().replaceAll("packets \\d+ bytes \\d+", "");
    }
}
