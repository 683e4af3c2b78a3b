package dev.jcompose.runtime.process;

import dev.jcompose.linux.SocketCalls;
import dev.jcompose.linux.SocketSpec;
import dev.jcompose.linux.Syscall;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The beginning of a network namespace: its loopback interface, and sockets in it that the engine is sent. */
public final class OwnNetwork {
    private static final int SIOCSIFFLAGS = 0x8914;
    private static final int IFF_UP = 1;
    private static final int IFREQ_BYTES = 40;
    private static final int IFR_FLAGS_OFFSET = 16;

    private OwnNetwork() {}

    /** Adds the calls that bring the loopback interface up; what is bound to its addresses must come after. */
    public static void bringLoopbackUp(LaunchCalls calls) {
        calls.program().purpose("bring the loopback interface up");
        ByteBuffer request = ByteBuffer.allocate(IFREQ_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        request.put((byte) 'l').put((byte) 'o').putShort(IFR_FLAGS_OFFSET, (short) IFF_UP);
        Argument.Result socket = socket(calls, SocketSpec.of(SocketCalls.AF_INET, SocketCalls.SOCK_DGRAM, 0));
        calls.program()
                .call(
                        Syscall.IOCTL,
                        socket,
                        Argument.number(SIOCSIFFLAGS),
                        calls.program().bytes(request.array(), "{lo, IFF_UP}"));
        calls.close(socket);
    }

    /** Adds the calls that make sockets, and send {@code first} and them over {@code channel}. */
    public static void send(LaunchCalls calls, Argument.Result first, List<SocketSpec> specs, int channel) {
        calls.program().purpose("make sockets in the network namespace");
        List<Argument.Result> sockets = new ArrayList<>(List.of(first));
        for (SocketSpec spec : specs) {
            Argument.Result socket = socket(calls, spec);
            spec.options().forEach(option -> set(calls, socket, option));
            byte[] address = spec.sockaddr();
            if (address != null) {
                calls.program()
                        .call(
                                Syscall.BIND,
                                socket,
                                calls.program().bytes(address, String.valueOf(spec.address())),
                                Argument.number(address.length));
            }
            if (spec.backlog() > 0) {
                calls.program().call(Syscall.LISTEN, socket, Argument.number(spec.backlog()));
            }
            sockets.add(socket);
        }
        DescriptorMessage.send(calls, channel, sockets);
    }

    private static Argument.Result socket(LaunchCalls calls, SocketSpec spec) {
        return calls.program()
                .call(
                        Syscall.SOCKET,
                        Argument.number(spec.family()),
                        Argument.number(spec.type() | SocketCalls.SOCK_CLOEXEC),
                        Argument.number(spec.protocol()));
    }

    private static void set(LaunchCalls calls, Argument socket, SocketSpec.Option option) {
        ByteBuffer value = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        value.putInt(option.value());
        Argument[] arguments = {
            socket,
            Argument.number(option.level()),
            Argument.number(option.name()),
            calls.program().bytes(value.array(), Integer.toString(option.value())),
            Argument.number(Integer.BYTES)
        };
        if (option.mayFail()) {
            calls.program().tryCall(Syscall.SETSOCKOPT, arguments);
        } else {
            calls.program().call(Syscall.SETSOCKOPT, arguments);
        }
    }
}
