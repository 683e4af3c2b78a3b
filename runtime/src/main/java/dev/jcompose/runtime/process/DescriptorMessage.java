package dev.jcompose.runtime.process;

import dev.jcompose.linux.Syscall;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Descriptors on their way from one process of a launch program to another, over a Unix socket.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7), SCM_RIGHTS</a>
 */
final class DescriptorMessage {
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;

    private static final int MSGHDR_BYTES = 56;
    private static final int IOV_OFFSET = 16;
    private static final int CONTROL_OFFSET = 32;
    private static final int IOVEC_BYTES = 16;
    private static final int CMSG_HEADER_BYTES = 16;

    private DescriptorMessage() {}

    /** Adds a sendmsg(2) of {@code descriptors}, which are in the order in which they are opened. */
    static void send(LaunchCalls calls, int socket, List<Argument.Result> descriptors) {
        int usedBytes = CMSG_HEADER_BYTES + descriptors.size() * Integer.BYTES;
        // A result is stored as eight bytes: what is too much of one is under the next, and behind the last.
        ByteBuffer control = ByteBuffer.allocate(usedBytes + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        control.putLong(usedBytes).putInt(SOL_SOCKET).putInt(SCM_RIGHTS);
        Argument.Data cmsg = calls.program().bytes(control.array(), "{SCM_RIGHTS}");
        for (int i = 0; i < descriptors.size(); i++) {
            calls.program().store(descriptors.get(i), cmsg, CMSG_HEADER_BYTES + i * Integer.BYTES);
        }
        calls.program()
                .call(
                        Syscall.SENDMSG,
                        Argument.number(socket),
                        message(calls, cmsg, space(descriptors.size())),
                        Argument.number(0));
    }

    /** {@code CMSG_SPACE} of so many descriptors. */
    private static int space(int descriptors) {
        return CMSG_HEADER_BYTES + (descriptors * Integer.BYTES + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    }

    /** Adds a recvmsg(2), which may find that nobody sends. The descriptor gets the lowest number that is free. */
    static void receive(LaunchCalls calls, int socket) {
        Argument.Data cmsg = calls.program().bytes(new byte[space(1)], "{room for SCM_RIGHTS}");
        calls.program()
                .tryCall(
                        Syscall.RECVMSG,
                        Argument.number(socket),
                        message(calls, cmsg, space(1)),
                        Argument.number(MSG_CMSG_CLOEXEC));
    }

    private static Argument.Data message(LaunchCalls calls, Argument.Data control, int controlBytes) {
        ByteBuffer vector = ByteBuffer.allocate(IOVEC_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        vector.putLong(Long.BYTES, 1);
        Argument.Data iovec = calls.program().bytes(vector.array(), "{1 byte}");
        calls.program().point(iovec, 0, calls.program().bytes(new byte[Long.BYTES], "byte"));
        ByteBuffer header = ByteBuffer.allocate(MSGHDR_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(IOV_OFFSET + Long.BYTES, 1).putLong(CONTROL_OFFSET + Long.BYTES, controlBytes);
        Argument.Data message = calls.program().bytes(header.array(), "{descriptors}");
        calls.program().point(message, IOV_OFFSET, iovec);
        calls.program().point(message, CONTROL_OFFSET, control);
        return message;
    }
}
