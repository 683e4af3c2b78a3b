package dev.jcompose.network.testing;

import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.linux.netlink.NetlinkRequest;
import dev.jcompose.linux.netlink.NetworkNamespace;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.linux.netlink.RtRequests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A network namespace that a sleeping process holds, like that of a container at its gate. */
public final class Machine implements AutoCloseable {
    private final Linux linux;
    private final Process process;

    private Machine(Linux linux, Process process) {
        this.linux = linux;
        this.process = process;
    }

    /** Starts it; its namespace has nothing but a loopback that is down. */
    public static Machine start(Linux linux) throws IOException {
        Path own = Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net"));
        Process process = new ProcessBuilder("unshare", "--net", "sleep", "120")
                .redirectErrorStream(true)
                .start();
        Path theirs = Path.of("/proc/" + process.pid() + "/ns/net");
        await().pollInterval(Duration.ofMillis(1))
                .until(() -> !Files.readSymbolicLink(theirs).equals(own));
        return new Machine(linux, process);
    }

    /** A process in it. */
    public int pid() {
        return (int) process.pid();
    }

    /** Does something in it. */
    public <T> T call(NetworkNamespace.Work<T> work) throws IOException {
        try (NetworkNamespace namespace = NetworkNamespace.ofProcess(linux, pid())) {
            return namespace.call(work);
        }
    }

    /** Makes changes to its links, addresses and routes. */
    public void run(NetlinkRequest... requests) throws IOException {
        List<NetlinkRequest> all = List.of(requests);
        call(() -> {
            try (RtNetlink netlink = RtNetlink.open(linux)) {
                netlink.run(all);
            }
            return all;
        });
    }

    /**
     * Lays a cable from the calling thread's namespace to this one, which gets its other end as {@code eth0}.
     *
     * @param here this side's interface
     */
    public void connect(RtNetlink netlink, String here, byte[] hereAddress, byte[] thereAddress) throws IOException {
        try (NetworkNamespace there = NetworkNamespace.ofProcess(linux, pid())) {
            netlink.run(RtRequests.addVeth(
                    new LinkSettings().name(here).mtu(1400).up(),
                    new LinkSettings().name("eth0").mtu(1400).netns(there.descriptor())));
        }
        netlink.run(RtRequests.addAddress(netlink.link(here).orElseThrow().index(), hereAddress, 24));
        int index = index("eth0");
        run(RtRequests.addAddress(index, thereAddress, 24), RtRequests.setLink(index, new LinkSettings().up()));
    }

    /** The index of one of its links. */
    public int index(String link) throws IOException {
        return call(() -> {
            try (RtNetlink theirs = RtNetlink.open(linux)) {
                return theirs.link(link).orElseThrow().index();
            }
        });
    }

    /** Its process is gone when this returns, its namespace soon after. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
