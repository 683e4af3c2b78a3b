package dev.jcompose.network.testing;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.network.bridge.Networks;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Networks and machines of one test. All is opened when it is asked for first, which must be in the test itself: only
 * that runs in a namespace of its own, what JUnit calls before and after does not.
 */
public final class Lab implements AutoCloseable {
    /** Where the servers listen. */
    public static final int PORT = 80;

    private final Linux linux = Linux.load();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private @Nullable Networks networks;
    private @Nullable RtNetlink host;

    /** The engine's networks. */
    public Networks networks() throws IOException {
        if (networks == null) {
            networks = Networks.open(linux, "jcompose-test");
            open.push(networks);
        }
        return networks;
    }

    /** The links of the host. */
    public RtNetlink host() throws IOException {
        if (host == null) {
            host = RtNetlink.open(linux);
            open.push(host);
        }
        return host;
    }

    /** Starts a machine. */
    public Machine machine() throws IOException {
        Machine machine = Machine.start(linux);
        open.push(machine);
        return machine;
    }

    /** Starts a server on a machine. */
    public void serve(Machine machine) throws IOException {
        open.push(machine.call(() -> new Echo(PORT)));
    }

    /** Starts a server on the host. */
    public void serve() throws IOException {
        open.push(new Echo(PORT));
    }

    @Override
    public void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
