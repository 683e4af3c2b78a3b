package dev.jcompose.network.dns;

import static dev.jcompose.network.dns.Addresses.ips;

import dev.jcompose.linux.Linux;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Prints how fast local names are answered: round trips of one client, time to open an endpoint, and what dnsperf gets
 * where it is installed. Needs root.
 */
final class DnsMeasurement {
    private static final int WARM_UP = 20_000;
    private static final int ROUNDS = 50_000;

    private DnsMeasurement() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        Linux linux = Linux.load();
        IoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        DnsServer server = new DnsServer(group, linux, new HostResolvers(Path.of("/etc/resolv.conf")));
        server.zones(DnsZones.of(List.of(new DnsMember(
                "net", "shop-web-1", "a".repeat(64), "shop", "web", List.of(), ips("172.20.0.2", "fd00::2")))));
        DnsView view = DnsView.of(List.of("net"));
        try (ContainerNamespace container = new ContainerNamespace(linux)) {
            long[] opening = new long[300];
            for (int i = 0; i < opening.length; i++) {
                long start = System.nanoTime();
                DnsEndpoint endpoint = server.open(container.pid(), view);
                opening[i] = System.nanoTime() - start;
                endpoint.close();
            }
            out.println("open endpoint:      " + percentiles(opening));
            try (DnsEndpoint endpoint = server.open(container.pid(), view);
                    RawClient client = container.inside(RawClient::new)) {
                byte[] query = Message.query(endpoint.hashCode() & 0xffff, "web", RecordType.A, 1232);
                roundTrips(client, query, WARM_UP);
                out.println("udp round trip:     " + percentiles(roundTrips(client, query, ROUNDS)));
                if (Files.isExecutable(Path.of("/usr/bin/dnsperf"))) {
                    Path names = Files.createTempFile("dnsperf", ".txt");
                    Files.writeString(names, "web A\nweb AAAA\nshop-web-1 A\nnope A\n");
                    for (String clients : List.of("1", "20")) {
                        String report = container.run(
                                "dnsperf",
                                "-s",
                                "127.0.0.11",
                                "-d",
                                names.toString(),
                                "-l",
                                "8",
                                "-c",
                                clients,
                                "-q",
                                "200");
                        report.lines()
                                .filter(line -> line.contains("per second")
                                        || line.contains("Latency")
                                        || line.contains("lost"))
                                .forEach(line -> out.println("dnsperf -c " + clients + ": " + line.strip()));
                    }
                    Files.delete(names);
                }
            }
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private static long[] roundTrips(RawClient client, byte[] query, int count) throws Exception {
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            client.udp(query);
            nanos[i] = System.nanoTime() - start;
        }
        return nanos;
    }

    private static String percentiles(long[] nanos) {
        Arrays.sort(nanos);
        return "median %.1f us, p99 %.1f us"
                .formatted(nanos[nanos.length / 2] / 1e3, nanos[nanos.length * 99 / 100] / 1e3);
    }
}
