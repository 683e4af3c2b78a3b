package dev.jcompose.network.dns;

import io.netty.channel.DefaultEventLoop;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a local name costs without the sockets: the bytes of a query in, those of the answer out, compiled as in the
 * engine. In the package of what it measures, which nobody else is to call.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:TieredStopAtLevel=1")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NamesBenchmark {
    private static final String NETWORK = "shop_default";
    private static final Upstream REFUSES = (loop, server, query) -> {
        throw new IllegalStateException("asks " + server);
    };

    /** How many containers answer to the name. */
    @Param({"1", "20"})
    public int replicas;

    private final HostResolvers hostResolvers = new HostResolvers(Path.of("/nonexistent"));
    private final Forwarder forwarder = new Forwarder(new DefaultEventLoop(), REFUSES, REFUSES, System::nanoTime);
    private final DnsView view = DnsView.of(List.of(NETWORK));
    private final byte[] query = DnsQuery.write("web", RecordType.A);
    private final Sink client = new Sink();
    private DnsZones zones = DnsZones.empty();
    private ContainerResolver resolver = resolver();

    /** Makes a network of 200 containers. */
    @Setup
    public void fill() throws Exception {
        List<DnsMember> members = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String service = i < replicas ? "web" : "s" + i;
            members.add(new DnsMember(
                    NETWORK,
                    "shop-" + service + "-" + i,
                    "%064x".formatted(i),
                    "shop",
                    service,
                    List.of(),
                    List.of(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) i}))));
        }
        zones = DnsZones.of(members);
        resolver = resolver();
    }

    /** Asked before, as nearly always. */
    @Benchmark
    public int again() {
        resolver.resolve(query, query.length, client);
        return client.length;
    }

    /** Asked for the first time since a container came or went. */
    @Benchmark
    public int first() {
        ContainerResolver fresh = resolver();
        fresh.resolve(query, query.length, client);
        return client.length;
    }

    private ContainerResolver resolver() {
        return new ContainerResolver(() -> zones, hostResolvers, forwarder, view);
    }

    private static final class Sink implements Client {
        private int length;

        @Override
        public boolean tcp() {
            return false;
        }

        @Override
        public void answer(byte[] message, int bytes) {
            length = bytes;
        }

        @Override
        public Client later() {
            return this;
        }
    }
}
