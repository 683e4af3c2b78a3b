package dev.jcompose.network.dns;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Sched;
import dev.jcompose.linux.SocketCalls;
import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.linux.netlink.RtRequests;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two sockets of an endpoint, bound inside a container's network namespace. */
record NamespaceSockets(Fd udp, Fd tcp) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NamespaceSockets.class);
    private static final byte[] ADDRESS = {127, 0, 0, 11};
    private static final int DNS_PORT = 53;
    private static final int LOOPBACK_INDEX = 1;
    private static final int IPPROTO_IP = 0;
    private static final int IP_FREEBIND = 15;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int RECEIVE_BYTES = 1 << 20;
    private static final int BACKLOG = 64;

    /** Sockets that are being opened; closed together with this when nobody takes them. */
    static final class Opening implements AutoCloseable {
        private final int netnsPid;
        private final FutureTask<NamespaceSockets> task;
        private boolean taken;

        private Opening(int netnsPid, FutureTask<NamespaceSockets> task) {
            this.netnsPid = netnsPid;
            this.task = task;
        }

        /**
         * Waits until they are open; they are the caller's then.
         *
         * @throws IOException if the process is gone, or the address is taken there
         */
        NamespaceSockets take() throws IOException {
            taken = true;
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        return task.get();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            } catch (ExecutionException e) {
                Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
                throw new IOException(
                        "open dns sockets at 127.0.0.11:53 in the network namespace of process " + netnsPid + ": "
                                + cause.getMessage(),
                        cause);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public void close() {
            if (taken) {
                return;
            }
            try (NamespaceSockets unwanted = take()) {
                log.debug("{} are not wanted any more", unwanted);
            } catch (IOException e) {
                log.debug("not wanted any more, and not open either: {}", e.getMessage());
            }
        }
    }

    /**
     * Begins to open them, on a thread that enters the namespace and then ends, so that no thread that does anything
     * else is ever there. The loopback interface is brought up for it.
     *
     * @param netnsPid a process in the namespace
     */
    static Opening begin(Linux linux, int netnsPid) {
        FutureTask<NamespaceSockets> task = new FutureTask<>(() -> {
            try (Fd process = linux.processes().pidfdOpen(netnsPid)) {
                linux.processes().setns(process, Sched.CLONE_NEWNET);
            }
            loopbackUp(linux);
            return bind(linux.sockets());
        });
        Thread thread = new Thread(task, "dns-sockets-" + netnsPid);
        thread.setDaemon(true);
        thread.start();
        return new Opening(netnsPid, task);
    }

    @Override
    public void close() {
        udp.close();
        tcp.close();
    }

    /**
     * As long as a namespace has no local address at all, the kernel takes 127.0.0.11 for a broadcast address: a socket
     * can be bound to it, but its datagrams would leave from 127.0.0.1.
     */
    private static void loopbackUp(Linux linux) throws IOException {
        try (RtNetlink netlink = RtNetlink.open(linux)) {
            netlink.run(RtRequests.setLink(LOOPBACK_INDEX, new LinkSettings().up()));
        }
    }

    private static NamespaceSockets bind(SocketCalls calls) throws IOException {
        Fd udp = calls.socket(SocketCalls.AF_INET, SocketCalls.SOCK_DGRAM | SocketCalls.SOCK_NONBLOCK, 0);
        try {
            roomForBursts(calls, udp);
            bind(calls, udp);
            Fd tcp = calls.socket(SocketCalls.AF_INET, SocketCalls.SOCK_STREAM | SocketCalls.SOCK_NONBLOCK, 0);
            try {
                calls.setsockopt(tcp, SocketCalls.SOL_SOCKET, SocketCalls.SO_REUSEADDR, 1);
                bind(calls, tcp);
                calls.listen(tcp, BACKLOG);
                return new NamespaceSockets(udp, tcp);
            } catch (IOException | RuntimeException e) {
                tcp.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            udp.close();
            throw e;
        }
    }

    /** The usual limit holds some 250 queries, which a pause of the garbage collector is long enough to fill. */
    private static void roomForBursts(SocketCalls calls, Fd socket) throws ErrnoException {
        try {
            calls.setsockopt(socket, SocketCalls.SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BYTES);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EPERM)) {
                throw e;
            }
            calls.setsockopt(socket, SocketCalls.SOL_SOCKET, SocketCalls.SO_RCVBUF, RECEIVE_BYTES);
        }
    }

    private static void bind(SocketCalls calls, Fd socket) throws IOException {
        calls.setsockopt(socket, IPPROTO_IP, IP_FREEBIND, 1);
        calls.bind(socket, SocketCalls.inet(ADDRESS, DNS_PORT));
    }
}
