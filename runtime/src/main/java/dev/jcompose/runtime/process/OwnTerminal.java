package dev.jcompose.runtime.process;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Mount;
import dev.jcompose.linux.Syscall;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import dev.jcompose.runtime.rootfs.ContainerRoot;
import dev.jcompose.runtime.stdio.WindowSize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of a container's first process, in the container's own devpts, which was mounted a moment before and
 * holds nothing of anyone else's. Its master goes to the monitor, which keeps it: the terminal outlives the engine.
 */
public final class OwnTerminal {
    private static final long TIOCSPTLCK = 0x40045431;
    private static final long TIOCGPTPEER = 0x5441;
    private static final long TIOCSCTTY = 0x540e;
    private static final long TIOCSWINSZ = 0x5414;
    private static final int STREAMS = 3;

    private OwnTerminal() {}

    /**
     * Adds the calls of the container's side: makes the terminal, makes it the standard streams and
     * {@code /dev/console}, and sends the master over {@code socket}. The process leads a session.
     *
     * @param size of the terminal, null for an unknown one
     */
    public static void addTo(LaunchCalls calls, ContainerRoot root, int uid, @Nullable WindowSize size, int socket) {
        calls.program().purpose("make a terminal");
        int inside = Fcntl.RESOLVE_IN_ROOT | Fcntl.RESOLVE_NO_SYMLINKS;
        Argument.Result master =
                calls.openat2(root.descriptor(), "dev/pts/ptmx", Fcntl.O_RDWR | Fcntl.O_NOCTTY, inside);
        Argument unlocked = calls.program().buffer(Integer.BYTES, "0");
        calls.program().call(Syscall.IOCTL, master, Argument.number(TIOCSPTLCK), unlocked);
        if (size != null) {
            Argument winsize = calls.program().bytes(size.winsize(), size.rows() + "x" + size.columns());
            calls.program().call(Syscall.IOCTL, master, Argument.number(TIOCSWINSZ), winsize);
        }
        Argument.Result slave = calls.program()
                .call(
                        Syscall.IOCTL,
                        master,
                        Argument.number(TIOCGPTPEER),
                        Argument.number(Fcntl.O_RDWR | Fcntl.O_NOCTTY | Fcntl.O_CLOEXEC));
        calls.program()
                .call(
                        Syscall.FCHOWNAT,
                        slave,
                        calls.string(""),
                        Argument.number(uid),
                        Argument.number(-1),
                        Argument.number(Fcntl.AT_EMPTY_PATH));
        calls.tryMakeFile(root.openReal("dev"), "console", 0600);
        calls.moveMount(calls.openTree(slave, "", Mount.OPEN_TREE_CLONE), root.open("dev/console"));
        for (int stream = 0; stream < STREAMS; stream++) {
            calls.program().call(Syscall.DUP3, slave, Argument.number(stream), Argument.number(0));
        }
        calls.program().call(Syscall.IOCTL, Argument.number(0), Argument.number(TIOCSCTTY), Argument.number(0));
        DescriptorMessage.send(calls, socket, List.of(master));
    }

    /**
     * Adds the calls of the monitor's side.
     *
     * @param socket the other end
     * @param free the lowest descriptor number that is free: the master gets it
     * @param target the number that the master is moved to
     */
    static void receive(LaunchCalls calls, int socket, int free, int target) {
        DescriptorMessage.receive(calls, socket);
        calls.program()
                .tryCall(
                        Syscall.DUP3, Argument.number(free), Argument.number(target), Argument.number(Fcntl.O_CLOEXEC));
    }
}
