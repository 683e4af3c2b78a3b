package dev.jcompose.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.Fd;
import dev.jcompose.linux.SocketCalls;
import dev.jcompose.linux.SocketSpec;
import dev.jcompose.linux.netlink.LinkInfo;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.runtime.container.ContainerSpec;
import dev.jcompose.runtime.container.NamespaceSpec;
import dev.jcompose.runtime.container.NamespaceSpec.Namespace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Network namespaces that are there before their containers. */
@RequiresRoot
class NetworkNamespacesIT {
    private static final SocketSpec LISTENING = SocketSpec.of(SocketCalls.AF_INET, SocketCalls.SOCK_STREAM, 0)
            .with(SocketCalls.SOL_SOCKET, SocketCalls.SO_REUSEADDR, 1)
            .with(new SocketSpec.Option(SocketCalls.SOL_SOCKET, -1, 1, true))
            .boundTo(new InetSocketAddress("127.0.0.11", 53))
            .listening(1);

    @TempDir
    Path directory;

    /** What is to be made ahead. */
    private final Queue<Runnable> beside = new ConcurrentLinkedQueue<>();

    private TestContainers containers;

    @BeforeEach
    void open() throws IOException {
        containers = new TestContainers(directory);
    }

    @AfterEach
    void close() throws IOException {
        containers.close();
    }

    private NetworkNamespaces namespaces(SocketSpec... sockets) {
        return new NetworkNamespaces(containers.linux, containers.spawner, List.of(sockets), made -> {}, beside::add);
    }

    @Test
    void aContainerBeginsInOneWithALoopbackAndTheSocketsThatWereAskedFor() throws IOException {
        ContainerSpec.Builder spec = containers.shell("cat /proc/net/tcp /proc/sys/net/ipv4/ip_unprivileged_port_start"
                + " /proc/sys/net/ipv4/ping_group_range; ls /proc/self/fd | wc -l");
        try (NetworkNamespaces namespaces = namespaces(RtNetlink.spec(), LISTENING);
                PreparedNetwork prepared = namespaces.take();
                RtNetlink netlink =
                        RtNetlink.over(containers.linux, prepared.sockets().get(0))) {
            assertThat(netlink.links())
                    .filteredOn(LinkInfo::up)
                    .extracting(LinkInfo::name)
                    .containsExactly("lo");
            assertThat(containers.linux.sockets().localPort(prepared.sockets().get(1)))
                    .isEqualTo(53);

            Namespace network = Namespace.open(prepared.namespace().descriptor());
            TestContainers.Outcome outcome = containers.run(
                    spec.namespaces(NamespaceSpec.OWN.withNetwork(network)).build());

            assertThat(outcome.stdout())
                    .contains("0B00007F:0035 00000000:0000 0A")
                    .endsWith("\n0\n0\t2147483647\n4\n");
        }
    }

    @Test
    void eachIsUsedOnceAndSomeAreMadeAhead() throws IOException {
        try (NetworkNamespaces namespaces = namespaces(LISTENING);
                PreparedNetwork first = namespaces.take()) {
            await().until(() -> !beside.isEmpty());
            beside.remove().run();
            List<String> ahead = descriptors("net:[");

            try (PreparedNetwork second = namespaces.take()) {
                assertThat(ahead).hasSize(3).doesNotHaveDuplicates().contains(name(first), name(second));
                assertThat(name(second)).isNotEqualTo(name(first));
                assertThat(descriptors("net:[")).as("it was there").hasSize(3);
            }
        }
        assertThat(descriptors("net:[")).as("closed").isEmpty();
    }

    @Test
    void noneIsMadeAheadOnceItIsClosed() throws IOException {
        NetworkNamespaces namespaces = namespaces();
        namespaces.take().close();
        await().until(() -> !beside.isEmpty());

        namespaces.close();
        beside.remove().run();

        assertThat(descriptors("net:[")).isEmpty();
    }

    @Test
    void thoseMadeAheadAreFurnishedAndNoneIsKeptForWhichThatFails() throws IOException {
        List<PreparedNetwork> furnished = new ArrayList<>();
        try (NetworkNamespaces namespaces = new NetworkNamespaces(
                containers.linux,
                containers.spawner,
                List.of(),
                made -> {
                    furnished.add(made);
                    if (furnished.size() == 2) {
                        throw new IOException("no more");
                    }
                },
                beside::add)) {
            namespaces.take().close();
            assertThat(furnished).isEmpty();
            await().until(() -> !beside.isEmpty());
            beside.remove().run();

            assertThat(furnished).hasSize(2);
            assertThat(descriptors("net:[")).hasSize(1);
            try (PreparedNetwork next = namespaces.take()) {
                assertThat(next).isSameAs(furnished.get(0));
            }
        }
    }

    @Test
    void aSocketThatCannotBeMadeSaysWhy() {
        SocketSpec elsewhere = SocketSpec.of(SocketCalls.AF_INET, SocketCalls.SOCK_STREAM, 0)
                .boundTo(new InetSocketAddress("192.0.2.1", 1));

        try (NetworkNamespaces namespaces = namespaces(elsewhere)) {
            assertThatThrownBy(namespaces::take)
                    .hasMessageContaining("cannot make a network namespace")
                    .hasMessageContaining("bind")
                    .hasMessageContaining("192.0.2.1:1")
                    .hasMessageContaining("EADDRNOTAVAIL");
        }
    }

    private String name(PreparedNetwork network) throws IOException {
        Fd descriptor = network.namespace().descriptor();
        return Files.readSymbolicLink(descriptor.procPath()).toString();
    }

    /** What this process has open. */
    private static List<String> descriptors(String prefix) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(Files::isSymbolicLink)
                    .map(NetworkNamespacesIT::target)
                    .filter(target -> target.startsWith(prefix))
                    .toList();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closed) {
            return "";
        }
    }
}
