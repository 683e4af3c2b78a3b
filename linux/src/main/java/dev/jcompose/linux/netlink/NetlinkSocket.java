package dev.jcompose.linux.netlink;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.SocketCalls;
import dev.jcompose.linux.SocketSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A netlink socket. It belongs to the network namespace of the thread that opened it, whichever thread uses it later.
 *
 * <p>Many requests go to the kernel in one send, and it answers in one go: only the last request of a batch asks for an
 * acknowledgement, because errors are always reported. Thread-safe: one exchange at a time.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/netlink.7.html">netlink(7)</a>
 */
public final class NetlinkSocket implements AutoCloseable {
    public static final int NETLINK_ROUTE = 0;
    public static final int NETLINK_NETFILTER = 12;

    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int NLM_F_CAPPED = 0x100;
    private static final int NLM_F_ACK_TLVS = 0x200;
    private static final int NLMSGERR_ATTR_MSG = 1;
    private static final int SMALL_BYTES = 8 * 1024;
    private static final int DUMP_BYTES = 64 * 1024;
    private static final int DEFAULT_SNDBUF_BYTES = 200 * 1024;

    private final SocketCalls sockets;
    private final Fd socket;
    private ByteBuffer buffer = allocate(SMALL_BYTES);
    private int sequence;

    private NetlinkSocket(SocketCalls sockets, Fd socket) {
        this.sockets = sockets;
        this.socket = socket;
    }

    /**
     * Opens a socket in the calling thread's network namespace.
     *
     * @param protocol {@code NETLINK_*}
     */
    public static NetlinkSocket open(Linux linux, int protocol) throws ErrnoException {
        return over(linux, spec(protocol).open(linux.sockets()));
    }

    /** What {@link #over} takes; {@code protocol} is of {@code NETLINK_*}. */
    static SocketSpec spec(int protocol) {
        return SocketSpec.of(SocketCalls.AF_NETLINK, SocketCalls.SOCK_RAW, protocol)
                .with(SOL_NETLINK, NETLINK_CAP_ACK, 1)
                .with(SOL_NETLINK, NETLINK_EXT_ACK, 1);
    }

    /** Takes over a socket that was made elsewhere, as {@link #spec} says. */
    static NetlinkSocket over(Linux linux, Fd socket) {
        return new NetlinkSocket(linux.sockets(), socket);
    }

    /**
     * Sends the requests in one message and waits until the kernel has done all of them. With {@code NETLINK_ROUTE}
     * each stands alone: those after a failed one are done all the same.
     *
     * @return the messages other than acknowledgements, in order
     * @throws ErrnoException the first error, with the request's description and the kernel's own words if it has any
     */
    public List<NetlinkMessage> exchange(List<NetlinkRequest> requests) throws ErrnoException {
        return exchange(requests, requests.size() - 1);
    }

    /**
     * {@link #exchange(List)} where another request than the last asks for the acknowledgement.
     *
     * @param acknowledged its index; the last whose outcome the kernel reports
     */
    public synchronized List<NetlinkMessage> exchange(List<NetlinkRequest> requests, int acknowledged)
            throws ErrnoException {
        int first = sequence + 1;
        send(requests, acknowledged);
        List<NetlinkMessage> answers = new ArrayList<>();
        ErrnoException failure = null;
        // Whatever the kernel has to say is in the socket's queue before send returns.
        while (receive(SocketCalls.MSG_DONTWAIT)) {
            for (NetlinkMessage message : messages()) {
                if (message.sequence() < first) {
                    continue;
                }
                if (message.type() != NLMSG_ERROR) {
                    answers.add(message);
                    continue;
                }
                ErrnoException error = error(message, requests, first);
                failure = failure == null ? error : failure;
                if (failure == null && message.sequence() == first + acknowledged) {
                    return answers;
                }
            }
        }
        if (failure == null) {
            throw new ErrnoException(requests.get(0).call(), Errno.EPROTO.number(), "no acknowledgement");
        }
        throw failure;
    }

    /** {@link #exchange(List)} of one request. */
    public List<NetlinkMessage> exchange(NetlinkRequest request) throws ErrnoException {
        return exchange(List.of(request));
    }

    /** Sends a request that has {@link NetlinkRequest#NLM_F_DUMP}, and collects all parts of the answer. */
    public synchronized List<NetlinkMessage> dump(NetlinkRequest request) throws ErrnoException {
        if (buffer.capacity() < DUMP_BYTES) {
            buffer = allocate(DUMP_BYTES);
        }
        send(List.of(request), -1);
        List<NetlinkMessage> answers = new ArrayList<>();
        while (receive(0)) {
            for (NetlinkMessage message : messages()) {
                if (message.sequence() != sequence) {
                    continue;
                }
                if (message.type() == NLMSG_DONE) {
                    return answers;
                }
                if (message.type() != NLMSG_ERROR) {
                    answers.add(message);
                    continue;
                }
                ErrnoException error = error(message, List.of(request), sequence);
                if (error != null) {
                    throw error;
                }
            }
        }
        throw new ErrnoException(request.call(), Errno.EPROTO.number(), "the list has no end");
    }

    /** What the kernel calls this socket in the messages that it sends to others; 0 before the first request. */
    public int portId() throws ErrnoException {
        return sockets.netlinkPort(socket);
    }

    @Override
    public void close() {
        socket.close();
    }

    private void send(List<NetlinkRequest> requests, int acknowledged) throws ErrnoException {
        int length = 0;
        for (NetlinkRequest request : requests) {
            length += aligned(request.length());
        }
        if (length > DEFAULT_SNDBUF_BYTES) {
            sockets.setsockopt(socket, SocketCalls.SOL_SOCKET, SocketCalls.SO_SNDBUFFORCE, 2 * length);
        }
        if (buffer.capacity() < length) {
            buffer = allocate(length);
        }
        buffer.clear();
        for (int i = 0; i < requests.size(); i++) {
            requests.get(i).writeTo(buffer, ++sequence, i == acknowledged);
            buffer.position(aligned(buffer.position()));
        }
        sockets.send(socket, buffer.flip());
    }

    private boolean receive(int flags) throws ErrnoException {
        buffer.clear();
        try {
            int length = sockets.receive(socket, buffer, flags | SocketCalls.MSG_TRUNC);
            if (length > buffer.capacity()) {
                throw new ErrnoException("recvfrom(netlink, " + buffer.capacity() + " bytes)", Errno.EMSGSIZE.number());
            }
            buffer.flip();
            return length > 0;
        } catch (ErrnoException e) {
            if (e.is(Errno.EAGAIN)) {
                return false;
            }
            throw e;
        }
    }

    private List<NetlinkMessage> messages() {
        List<NetlinkMessage> messages = new ArrayList<>();
        byte[] copy = new byte[buffer.limit()];
        buffer.get(0, copy);
        ByteBuffer bytes = ByteBuffer.wrap(copy).order(ByteOrder.nativeOrder());
        int position = 0;
        while (copy.length - position >= NetlinkRequest.HEADER_BYTES) {
            int length = bytes.getInt(position);
            if (length < NetlinkRequest.HEADER_BYTES || length > copy.length - position) {
                break;
            }
            messages.add(new NetlinkMessage(
                    bytes.getShort(position + 4) & 0xffff,
                    bytes.getShort(position + 6) & 0xffff,
                    bytes.getInt(position + 8),
                    bytes.slice(position + NetlinkRequest.HEADER_BYTES, length - NetlinkRequest.HEADER_BYTES)
                            .order(ByteOrder.nativeOrder())));
            position += aligned(length);
        }
        return messages;
    }

    /** What an {@code NLMSG_ERROR} says: null for an acknowledgement. */
    private static @Nullable ErrnoException error(NetlinkMessage message, List<NetlinkRequest> requests, int first) {
        int number = -message.payload().getInt(0);
        if (number == 0) {
            return null;
        }
        NetlinkRequest request = requests.get(Math.min(message.sequence() - first, requests.size() - 1));
        String words = "";
        if ((message.flags() & NLM_F_ACK_TLVS) != 0) {
            int echoed = (message.flags() & NLM_F_CAPPED) != 0
                    ? NetlinkRequest.HEADER_BYTES
                    : aligned(message.payload().getInt(4));
            ByteBuffer text = message.attributes(4 + echoed).get(NLMSGERR_ATTR_MSG);
            words = text == null ? "" : NetlinkMessage.string(text);
        }
        return new ErrnoException(request.call(), number, words);
    }

    private static int aligned(int length) {
        return (length + 3) & ~3;
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
}
