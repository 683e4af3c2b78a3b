package dev.jcompose.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Datagrams over IPv4 that are received with one system call and answered with another, in memory that is made once.
 * Answers of one length to one sender pass the kernel's stack as one, which cuts them apart where it hands them over:
 * its way costs more than all else that an answer takes. Not thread-safe.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/recvmmsg.2.html">recvmmsg(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/sendmmsg.2.html">sendmmsg(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man7/udp.7.html">udp(7), UDP_SEGMENT</a>
 */
public final class DatagramBatch {
    private static final int MMSGHDR_BYTES = 64;
    private static final int NAME_AT = 0;
    private static final int NAME_LENGTH_AT = 8;
    private static final int VECTOR_AT = 16;
    private static final int VECTOR_LENGTH_AT = 24;
    private static final int CONTROL_AT = 32;
    private static final int CONTROL_LENGTH_AT = 40;
    private static final int RECEIVED_AT = 56;
    private static final int IOVEC_BYTES = 16;
    private static final int SOCKADDR_BYTES = 16;

    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;
    private static final int CMSG_LEVEL_AT = 8;
    private static final int CMSG_TYPE_AT = 12;
    private static final int CMSG_DATA_AT = 16;
    private static final int SEGMENT_CMSG_LENGTH = CMSG_DATA_AT + Short.BYTES;
    private static final int SEGMENT_CMSG_BYTES = 24;
    /** The kernel's {@code UDP_MAX_SEGMENTS}; newer kernels take more. */
    private static final int MOST_SEGMENTS = 64;

    private static final int MOST_BYTES_TOGETHER = 65_507;

    private final SocketCalls calls;
    private final int most;
    private final int bytes;
    private final ByteBuffer memory;
    private final long base;
    private final int sentHeaders;
    private final int vectors;
    private final int senders;
    private final int segments;
    private final int payloads;
    private final int[] lengths;
    private final int[] leaving;
    private int unsent;

    /**
     * @param most how many datagrams it holds
     * @param bytes how long one may be; what is longer is cut when it is received
     */
    DatagramBatch(SocketCalls calls, int most, int bytes) {
        this.calls = calls;
        this.most = most;
        this.bytes = bytes;
        lengths = new int[most];
        leaving = new int[most];
        sentHeaders = most * MMSGHDR_BYTES;
        vectors = sentHeaders + most * MMSGHDR_BYTES;
        senders = vectors + 2 * most * IOVEC_BYTES;
        segments = senders + most * SOCKADDR_BYTES;
        payloads = segments + most * SEGMENT_CMSG_BYTES;
        memory = ByteBuffer.allocateDirect(payloads + 2 * most * bytes).order(ByteOrder.nativeOrder());
        base = Scratch.address(memory);
        for (int i = 0; i < most; i++) {
            header(i * MMSGHDR_BYTES, sender(i), i, 1);
            vector(i, payload(i), bytes);
        }
    }

    /** Receives what waits, as many datagrams as it holds; forgets those before. Does not wait. */
    public int receive(Fd socket) throws ErrnoException {
        unsent = 0;
        return calls.receiveMany(socket, base, most);
    }

    /**
     * Copies a received datagram.
     *
     * @param index from 0
     * @param into room for the longest
     * @return its length
     */
    public int read(int index, byte[] into) {
        int length = memory.getInt(index * MMSGHDR_BYTES + RECEIVED_AT);
        memory.get(payload(index), into, 0, length);
        return length;
    }

    /** The {@code sockaddr_in} of who sent a received datagram. */
    public byte[] from(int index) {
        byte[] address = new byte[SOCKADDR_BYTES];
        memory.get(sender(index), address);
        return address;
    }

    /**
     * Puts in a datagram for who sent a received one; one for each at most.
     *
     * @param length at least 1, not more than the longest that it holds
     */
    public void answer(int index, byte[] message, int length) {
        memory.put(payload(most + index), message, 0, length);
        lengths[index] = length;
        int at = unsent++;
        while (at > 0 && leavesBefore(index, leaving[at - 1])) {
            leaving[at] = leaving[at - 1];
            at--;
        }
        leaving[at] = index;
    }

    /** How long a datagram may be. */
    public int bytes() {
        return bytes;
    }

    /**
     * Sends what was put in, in any order. What there is no room for, and what cannot be sent to where it should go, is
     * lost, as any datagram may be.
     */
    public void send(Fd socket) {
        boolean together = true;
        int next = 0;
        while (next < unsent) {
            int messages = compose(next, together);
            try {
                next += datagrams(calls.sendMany(socket, base + sentHeaders, messages));
            } catch (ErrnoException e) {
                if (e.is(Errno.EAGAIN)) {
                    break;
                }
                if (together) {
                    // An interface without checksums (ethtool -K lo tx off) takes none to cut apart.
                    together = false;
                } else {
                    next++;
                }
            }
        }
        unsent = 0;
    }

    private boolean leavesBefore(int one, int other) {
        int bySender = Long.compare(portAndAddress(one), portAndAddress(other));
        return bySender < 0 || (bySender == 0 && lengths[one] < lengths[other]);
    }

    /** Writes the headers of what leaves from {@code next} on; returns how many there are. */
    private int compose(int next, boolean together) {
        int messages = 0;
        int first = next;
        while (first < unsent) {
            int end = together ? endOfEqual(first) : first + 1;
            for (int i = first; i < end; i++) {
                vector(most + i, payload(most + leaving[i]), lengths[leaving[i]]);
            }
            int header = sentHeaders + messages * MMSGHDR_BYTES;
            header(header, sender(leaving[first]), most + first, end - first);
            if (end - first > 1) {
                int control = segments + messages * SEGMENT_CMSG_BYTES;
                memory.putLong(control, SEGMENT_CMSG_LENGTH);
                memory.putInt(control + CMSG_LEVEL_AT, SOL_UDP);
                memory.putInt(control + CMSG_TYPE_AT, UDP_SEGMENT);
                memory.putShort(control + CMSG_DATA_AT, (short) lengths[leaving[first]]);
                memory.putLong(header + CONTROL_AT, base + control);
                memory.putLong(header + CONTROL_LENGTH_AT, SEGMENT_CMSG_BYTES);
            }
            messages++;
            first = end;
        }
        return messages;
    }

    /** Where those end that can leave together with the first. */
    private int endOfEqual(int first) {
        long to = portAndAddress(leaving[first]);
        int length = lengths[leaving[first]];
        int limit = Math.min(unsent, first + Math.min(MOST_SEGMENTS, MOST_BYTES_TOGETHER / length));
        int end = first + 1;
        while (end < limit && lengths[leaving[end]] == length && portAndAddress(leaving[end]) == to) {
            end++;
        }
        return end;
    }

    /** How many datagrams the first of the composed messages hold. */
    private int datagrams(int messages) {
        int count = 0;
        for (int i = 0; i < messages; i++) {
            count += (int) memory.getLong(sentHeaders + i * MMSGHDR_BYTES + VECTOR_LENGTH_AT);
        }
        return count;
    }

    private void header(int at, int name, int firstVector, int vectorCount) {
        memory.putLong(at + NAME_AT, base + name);
        memory.putInt(at + NAME_LENGTH_AT, SOCKADDR_BYTES);
        memory.putLong(at + VECTOR_AT, base + vectors + (long) firstVector * IOVEC_BYTES);
        memory.putLong(at + VECTOR_LENGTH_AT, vectorCount);
        memory.putLong(at + CONTROL_AT, 0);
        memory.putLong(at + CONTROL_LENGTH_AT, 0);
    }

    private void vector(int vector, int payload, int length) {
        memory.putLong(vectors + vector * IOVEC_BYTES, base + payload);
        memory.putLong(vectors + vector * IOVEC_BYTES + Long.BYTES, length);
    }

    /** What tells senders apart: the {@code sockaddr_in} without its padding. */
    private long portAndAddress(int index) {
        return memory.getLong(sender(index));
    }

    private int sender(int index) {
        return senders + index * SOCKADDR_BYTES;
    }

    private int payload(int vector) {
        return payloads + vector * bytes;
    }
}
