package dev.jcompose.runtime.process;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Syscall;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;

/** Enters the working directory, and makes sure that it is inside the root (CVE-2024-21626). */
public final class WorkingDirectory {
    private static final int PATH_MAX = 4096;

    private WorkingDirectory() {}

    /**
     * Adds the calls, which come after the change of root.
     *
     * @param path absolute; magic links on the way, as {@code /proc/self/fd/7}, are refused
     */
    public static void addTo(LaunchCalls calls, String path) {
        calls.program().purpose("enter the working directory \"" + path + "\"");
        calls.fchdir(calls.openat2(
                LaunchCalls.AT_FDCWD,
                path,
                Fcntl.O_PATH | calls.oDirectory(),
                Fcntl.RESOLVE_IN_ROOT | Fcntl.RESOLVE_NO_MAGICLINKS));
        calls.program().purpose("check that the working directory is inside the container");
        Argument.Data buffer = calls.program().buffer(PATH_MAX, "working directory");
        calls.program().call(Syscall.GETCWD, buffer, Argument.number(PATH_MAX));
        // Of a directory outside the root, getcwd(2) says "(unreachable)/...": a relative path, which needs the first
        // argument, which is no descriptor. For an absolute path the kernel does not look at it.
        calls.program()
                .call(
                        Syscall.OPENAT,
                        Argument.number(-1),
                        buffer,
                        Argument.number(Fcntl.O_PATH | Fcntl.O_CLOEXEC),
                        Argument.number(0));
    }
}
