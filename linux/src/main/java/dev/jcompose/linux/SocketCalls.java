package dev.jcompose.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sockets that the JDK cannot make: netlink, and any socket in another network namespace. */
public final class SocketCalls extends Calls {
    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int AF_NETLINK = 16;
    public static final int SOCK_STREAM = 1;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_RAW = 3;
    public static final int SOCK_NONBLOCK = 0x800;
    public static final int SOL_SOCKET = 1;
    public static final int SO_REUSEADDR = 2;
    public static final int SO_RCVBUF = 8;
    public static final int SO_SNDBUFFORCE = 32;
    public static final int MSG_TRUNC = 0x20;
    public static final int MSG_DONTWAIT = 0x40;

    /** Flag of a socket's type. */
    public static final int SOCK_CLOEXEC = 0x80000;

    private static final int SCM_RIGHTS = 1;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int MSGHDR_BYTES = 56;
    private static final int IOV_OFFSET = 16;
    private static final int CONTROL_OFFSET = 32;
    private static final int IOVEC_BYTES = 16;
    private static final int CMSG_HEADER_BYTES = 16;
    private static final int SHUT_WR = 1;
    private static final int UNIX_PATH_MAX = 108;
    /** {@code sockaddr_in6}, the longest that is asked for. */
    private static final int ADDRESS_BYTES = 28;

    SocketCalls(Kernel kernel) {
        super(kernel);
    }

    /** socket(2), close-on-exec, in the network namespace of the calling thread. */
    public Fd socket(int family, int type, int protocol) throws ErrnoException {
        return fd(check(
                () -> family + ", " + type + ", " + protocol, Syscall.SOCKET, family, type | SOCK_CLOEXEC, protocol));
    }

    /** The two ends of a pair of connected sockets. */
    public record Pair(Fd first, Fd second) implements AutoCloseable {
        @Override
        public void close() {
            first.close();
            second.close();
        }
    }

    /** socketpair(2) of stream sockets in the Unix domain, close-on-exec: descriptors can be sent over it. */
    public Pair socketpair() throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer ends = scratch.buffer(8);
            int type = SOCK_STREAM | SOCK_CLOEXEC;
            check(() -> "AF_UNIX", Syscall.SOCKETPAIR, AF_UNIX, type, 0, Scratch.address(ends), 0, 0);
            return new Pair(fd(ends.getInt(0)), fd(ends.getInt(4)));
        }
    }

    /** bind(2); {@code address} is a whole sockaddr structure. */
    public void bind(Fd socket, byte[] address) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            check(
                    () -> socket + ", " + show(address),
                    Syscall.BIND,
                    socket.number(),
                    scratch.bytes(address),
                    address.length);
        }
    }

    /** connect(2). */
    public void connect(Fd socket, byte[] address) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            check(
                    () -> socket + ", " + show(address),
                    Syscall.CONNECT,
                    socket.number(),
                    scratch.bytes(address),
                    address.length);
        }
    }

    /**
     * accept4(2) of a socket that does not block: a connection that does not either, empty when none waits.
     *
     * @throws ErrnoException also when the connection has been broken off before it was accepted
     */
    public Optional<Fd> accept(Fd listener) throws ErrnoException {
        try {
            return Optional.of(fd(check(
                    listener::toString, Syscall.ACCEPT4, listener.number(), 0, 0, SOCK_CLOEXEC | SOCK_NONBLOCK, 0, 0)));
        } catch (ErrnoException e) {
            if (e.is(Errno.EAGAIN)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** shutdown(2) with {@code SHUT_WR}: the other side reads to an end, this one goes on to read. */
    public void shutdownWrites(Fd socket) throws ErrnoException {
        check(socket::toString, Syscall.SHUTDOWN, socket.number(), SHUT_WR, 0);
    }

    /** listen(2). */
    public void listen(Fd socket, int backlog) throws ErrnoException {
        check(() -> socket + ", " + backlog, Syscall.LISTEN, socket.number(), backlog, 0);
    }

    /** setsockopt(2) of an integer option. */
    public void setsockopt(Fd socket, int level, int option, int value) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer argument = scratch.buffer(4);
            argument.putInt(0, value);
            check(
                    () -> socket + ", " + level + ", " + option + ", " + value,
                    Syscall.SETSOCKOPT,
                    socket.number(),
                    level,
                    option,
                    Scratch.address(argument),
                    4,
                    0);
        }
    }

    /** getsockopt(2) of a whole direct buffer, which holds what the option wants to know and gets the answer. */
    public void getsockopt(Fd socket, int level, int option, ByteBuffer direct) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer length = scratch.buffer(4);
            length.putInt(0, direct.capacity());
            check(
                    () -> socket + ", " + level + ", " + option + ", " + direct.capacity() + " bytes",
                    Syscall.GETSOCKOPT,
                    socket.number(),
                    level,
                    option,
                    Scratch.address(direct),
                    Scratch.address(length),
                    0);
        }
    }

    /** sendto(2) without an address, of a direct buffer from position to limit; moves the position. */
    public int send(Fd socket, ByteBuffer direct) throws ErrnoException {
        int count = (int) check(
                () -> socket + ", " + direct.remaining() + " bytes",
                Syscall.SENDTO,
                socket.number(),
                Scratch.address(direct) + direct.position(),
                direct.remaining());
        direct.position(direct.position() + count);
        return count;
    }

    /**
     * recvfrom(2) into a direct buffer from its position; moves the position by what was stored.
     *
     * @return the length of the message, which is more than was stored with {@link #MSG_TRUNC}
     */
    public int receive(Fd socket, ByteBuffer direct, int flags) throws ErrnoException {
        int count = (int) check(
                () -> socket + ", " + direct.remaining() + " bytes",
                Syscall.RECVFROM,
                socket.number(),
                Scratch.address(direct) + direct.position(),
                direct.remaining(),
                flags,
                0,
                0);
        direct.position(direct.position() + Math.min(count, direct.remaining()));
        return count;
    }

    /** Memory for datagrams, see {@link DatagramBatch#DatagramBatch}. */
    public DatagramBatch datagrams(int most, int bytes) {
        return new DatagramBatch(this, most, bytes);
    }

    /** sendto(2) of the first bytes of {@code message} to a {@code sockaddr}; does not wait. */
    public void sendTo(Fd socket, byte[] message, int length, byte[] address) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer datagram = scratch.buffer(length);
            datagram.put(0, message, 0, length);
            check(
                    () -> socket + ", " + length + " bytes, " + show(address),
                    Syscall.SENDTO,
                    socket.number(),
                    Scratch.address(datagram),
                    length,
                    MSG_DONTWAIT,
                    scratch.bytes(address),
                    address.length);
        }
    }

    /** recvmmsg(2) into an array of {@code mmsghdr}; does not wait: 0 when nothing is there. */
    int receiveMany(Fd socket, long headers, int count) throws ErrnoException {
        long received = kernel().call(Syscall.RECVMMSG, socket.number(), headers, count, MSG_DONTWAIT, 0, 0);
        if (received == -Errno.EAGAIN.number()) {
            return 0;
        }
        if (received < 0) {
            throw new ErrnoException("recvmmsg(" + socket + ")", (int) -received);
        }
        return (int) received;
    }

    /** sendmmsg(2) of an array of {@code mmsghdr}; does not wait. */
    int sendMany(Fd socket, long headers, int count) throws ErrnoException {
        return (int) check(
                () -> socket + ", " + count, Syscall.SENDMMSG, socket.number(), headers, count, MSG_DONTWAIT, 0, 0);
    }

    /**
     * recvmsg(2) of one message with descriptors; waits for it.
     *
     * @return as many as were sent, at most {@code most}; none when the other end was closed before
     * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7), SCM_RIGHTS</a>
     */
    public List<Fd> receiveDescriptors(Fd socket, int most) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer vector = scratch.buffer(IOVEC_BYTES);
            vector.putLong(0, Scratch.address(scratch.buffer(1))).putLong(Long.BYTES, 1);
            int controlBytes = CMSG_HEADER_BYTES + (most * Integer.BYTES + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
            ByteBuffer control = scratch.buffer(controlBytes);
            ByteBuffer header = scratch.buffer(MSGHDR_BYTES);
            header.putLong(IOV_OFFSET, Scratch.address(vector)).putLong(IOV_OFFSET + Long.BYTES, 1);
            header.putLong(CONTROL_OFFSET, Scratch.address(control)).putLong(CONTROL_OFFSET + Long.BYTES, controlBytes);
            long bytes = check(
                    socket::toString, Syscall.RECVMSG, socket.number(), Scratch.address(header), MSG_CMSG_CLOEXEC);
            List<Fd> received = new ArrayList<>();
            boolean descriptors = control.getInt(Long.BYTES) == SOL_SOCKET
                    && control.getInt(Long.BYTES + Integer.BYTES) == SCM_RIGHTS;
            if (bytes > 0 && descriptors) {
                for (int at = CMSG_HEADER_BYTES; at < control.getLong(0); at += Integer.BYTES) {
                    received.add(fd(control.getInt(at)));
                }
            }
            return received;
        }
    }

    /**
     * getsockname(2) of an {@code AF_INET} or {@code AF_INET6} socket: the port that it is bound to, 0 when it is not.
     */
    public int localPort(Fd socket) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            return name(scratch, socket).order(ByteOrder.BIG_ENDIAN).getShort(2) & 0xffff;
        }
    }

    /** getsockname(2) of an {@code AF_NETLINK} socket: its {@code nl_pid}, 0 while it has none. */
    public int netlinkPort(Fd socket) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            return name(scratch, socket).getInt(4);
        }
    }

    private ByteBuffer name(Scratch scratch, Fd socket) throws ErrnoException {
        ByteBuffer address = scratch.buffer(ADDRESS_BYTES);
        ByteBuffer length = scratch.buffer(4);
        length.putInt(0, ADDRESS_BYTES);
        check(
                socket::toString,
                Syscall.GETSOCKNAME,
                socket.number(),
                Scratch.address(address),
                Scratch.address(length));
        return address;
    }

    /** A {@code sockaddr_in}. */
    public static byte[] inet(byte[] address, int port) {
        ByteBuffer sockaddr = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
        sockaddr.putShort((short) AF_INET).order(ByteOrder.BIG_ENDIAN).putShort((short) port);
        return sockaddr.put(address).array();
    }

    /** A {@code sockaddr_in6}. */
    public static byte[] inet6(byte[] address, int port) {
        ByteBuffer sockaddr = ByteBuffer.allocate(28).order(ByteOrder.nativeOrder());
        sockaddr.putShort((short) AF_INET6).order(ByteOrder.BIG_ENDIAN).putShort((short) port);
        return sockaddr.putInt(0).put(address).array();
    }

    /**
     * A {@code sockaddr_un}.
     *
     * @throws IllegalArgumentException when the path is longer than the 107 bytes that unix(7) allows
     */
    public static byte[] unix(String path) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length >= UNIX_PATH_MAX) {
            throw new IllegalArgumentException(
                    "socket path \"" + path + "\" is longer than " + (UNIX_PATH_MAX - 1) + " bytes");
        }
        ByteBuffer sockaddr = ByteBuffer.allocate(2 + name.length + 1).order(ByteOrder.nativeOrder());
        return sockaddr.putShort((short) AF_UNIX).put(name).array();
    }

    /** A {@code sockaddr_nl} with the multicast groups to join, 0 for none. */
    public static byte[] netlink(int groups) {
        ByteBuffer sockaddr = ByteBuffer.allocate(12).order(ByteOrder.nativeOrder());
        return sockaddr.putShort((short) AF_NETLINK)
                .putShort((short) 0)
                .putInt(0)
                .putInt(groups)
                .array();
    }

    private static String show(byte[] address) {
        ByteBuffer sockaddr = ByteBuffer.wrap(address).order(ByteOrder.nativeOrder());
        int family = sockaddr.getShort(0);
        if (family != AF_INET) {
            return "family " + family;
        }
        return (address[4] & 0xff) + "." + (address[5] & 0xff) + "." + (address[6] & 0xff) + "." + (address[7] & 0xff)
                + ":" + (sockaddr.order(ByteOrder.BIG_ENDIAN).getShort(2) & 0xffff);
    }
}
