package dev.jcompose.engine.standin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.jcompose.linux.Arch;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.SocketCalls;
import dev.jcompose.linux.Syscall;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchProgramBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The program: a table of system calls, as those that start containers are. It connects to the engine's socket in the
 * directory that is open as {@link #DIRECTORY_FD}, asks for {@link #ENDPOINT}, acknowledges the head of the answer, and
 * then receives the call that it ends with: {@link #verdict}. When that does not come, because no engine is there or it
 * does not want to, it ends with {@link #DECLINED}.
 *
 * <p>Arguments, directory and environment are for the engine to see in {@code /proc}.
 */
public final class StandInProgram {
    /** The descriptor of the engine's run directory, which the launcher opens. */
    public static final int DIRECTORY_FD = 9;

    /** The exit code that says: run the command yourself, nothing has happened. */
    public static final int DECLINED = 254;

    /** Where it rings, with POST. */
    public static final String ENDPOINT = "/compose/stand-in";

    private static final String REQUEST = "POST " + ENDPOINT
            + " HTTP/1.1\r\nHost: jcompose\r\nConnection: Upgrade\r\nUpgrade: tcp\r\nContent-Length: 0\r\n\r\n";

    private static final int HEAD_BYTES = 4096;
    /** Of a table entry: the number of the call, and its first argument. */
    private static final int VERDICT_BYTES = 2 * Long.BYTES;

    private static final int MSG_WAITALL = 0x100;
    private static final int MSG_NOSIGNAL = 0x4000;

    private StandInProgram() {}

    /** Writes it for this machine, executable for its owner. */
    public static void write(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.write(file, build(Arch.current()));
    }

    static byte[] build(Arch arch) {
        LaunchProgramBuilder program = new LaunchProgramBuilder(arch);
        byte[] path = SocketCalls.unix("/proc/self/fd/" + DIRECTORY_FD + "/engine.sock");
        Argument.Data address = program.bytes(path, "the engine's socket");
        Argument.Data request = program.bytes(REQUEST.getBytes(US_ASCII), "the request");
        Argument.Result lowest = program.tryCall(
                Syscall.SOCKET, number(SocketCalls.AF_UNIX), number(SocketCalls.SOCK_STREAM), number(0));
        // Where standard output is closed it would be taken for that.
        Argument.Result socket =
                program.tryCall(Syscall.FCNTL, lowest, number(Fcntl.F_DUPFD_CLOEXEC), number(DIRECTORY_FD));
        program.tryCall(Syscall.CLOSE, lowest);
        program.tryCall(Syscall.CONNECT, socket, address, number(path.length));
        program.tryCall(Syscall.SENDTO, socket, request, number(REQUEST.length()), number(MSG_NOSIGNAL));
        program.tryCall(Syscall.RECVFROM, socket, program.buffer(HEAD_BYTES, "the head"), number(HEAD_BYTES));
        program.tryCall(Syscall.SENDTO, socket, request, number(1), number(MSG_NOSIGNAL));
        Argument.Entry verdict = new Argument.Entry(program.describeCalls().size() + 1);
        program.tryCall(Syscall.RECVFROM, socket, verdict, number(VERDICT_BYTES), number(MSG_WAITALL));
        program.tryCall(Syscall.GETPID);
        program.call(Syscall.EXIT, number(DECLINED));
        return program.build().toBytes();
    }

    private static Argument number(long value) {
        return Argument.number(value);
    }

    /** What the engine sends in the end: {@code exit(code)} in place of the call that does nothing. */
    public static byte[] verdict(int code) {
        return ByteBuffer.allocate(VERDICT_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(Syscall.EXIT.number(Arch.current()))
                .putLong(code)
                .array();
    }
}
