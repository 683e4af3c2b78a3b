package dev.jcompose.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Datagrams over IPv4 that are received with one system call and answered with another, in memory that is made once.
 * Not thread-safe.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/recvmmsg.2.html">recvmmsg(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/sendmmsg.2.html">sendmmsg(2)</a>
 */
public final class DatagramBatch {
    private static final int MMSGHDR_BYTES = 64;
    private static final int NAME_AT = 0;
    private static final int NAME_LENGTH_AT = 8;
    private static final int VECTOR_AT = 16;
    private static final int VECTOR_LENGTH_AT = 24;
    private static final int RECEIVED_AT = 56;
    private static final int IOVEC_BYTES = 16;
    private static final int SOCKADDR_BYTES = 16;

    private final SocketCalls calls;
    private final int most;
    private final int bytes;
    private final ByteBuffer memory;
    private final long base;
    private final int sentHeaders;
    private final int vectors;
    private final int senders;
    private final int payloads;
    private int unsent;

    /**
     * @param most how many datagrams it holds
     * @param bytes how long one may be; what is longer is cut when it is received
     */
    DatagramBatch(SocketCalls calls, int most, int bytes) {
        this.calls = calls;
        this.most = most;
        this.bytes = bytes;
        sentHeaders = most * MMSGHDR_BYTES;
        vectors = sentHeaders + most * MMSGHDR_BYTES;
        senders = vectors + 2 * most * IOVEC_BYTES;
        payloads = senders + most * SOCKADDR_BYTES;
        memory = ByteBuffer.allocateDirect(payloads + 2 * most * bytes).order(ByteOrder.nativeOrder());
        base = Scratch.address(memory);
        for (int i = 0; i < most; i++) {
            header(i * MMSGHDR_BYTES, i);
            memory.putLong(i * MMSGHDR_BYTES + NAME_AT, base + sender(i));
            length(i, bytes);
            header(sentHeaders + i * MMSGHDR_BYTES, most + i);
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
     * @param length not more than the longest that it holds
     */
    public void answer(int index, byte[] message, int length) {
        memory.put(payload(most + unsent), message, 0, length);
        memory.putLong(sentHeaders + unsent * MMSGHDR_BYTES + NAME_AT, base + sender(index));
        length(most + unsent, length);
        unsent++;
    }

    /** How long a datagram may be. */
    public int bytes() {
        return bytes;
    }

    /**
     * Sends what was put in. What there is no room for, and what cannot be sent to where it should go, is lost, as any
     * datagram may be.
     */
    public void send(Fd socket) {
        int next = 0;
        while (next < unsent) {
            try {
                next += calls.sendMany(socket, base + sentHeaders + (long) next * MMSGHDR_BYTES, unsent - next);
            } catch (ErrnoException e) {
                if (e.is(Errno.EAGAIN)) {
                    break;
                }
                next++;
            }
        }
        unsent = 0;
    }

    private void header(int at, int vector) {
        memory.putInt(at + NAME_LENGTH_AT, SOCKADDR_BYTES);
        memory.putLong(at + VECTOR_AT, base + vectors + (long) vector * IOVEC_BYTES);
        memory.putLong(at + VECTOR_LENGTH_AT, 1);
        memory.putLong(vectors + vector * IOVEC_BYTES, base + payload(vector));
    }

    private void length(int vector, int length) {
        memory.putLong(vectors + vector * IOVEC_BYTES + Long.BYTES, length);
    }

    private int sender(int index) {
        return senders + index * SOCKADDR_BYTES;
    }

    private int payload(int vector) {
        return payloads + vector * bytes;
    }
}
