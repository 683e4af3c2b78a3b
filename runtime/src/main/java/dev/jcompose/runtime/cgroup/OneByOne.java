package dev.jcompose.runtime.cgroup;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Sched;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Kills the processes of a cgroup where the kernel does not kill them at once. */
final class OneByOne {
    private OneByOne() {}

    /** Tells which processes are there now. */
    @FunctionalInterface
    interface Processes {
        List<Integer> pids() throws IOException;
    }

    /** Kills them until no others have come meanwhile. */
    static void kill(Linux linux, Processes processes) throws IOException {
        Set<Integer> killed = new HashSet<>();
        for (List<Integer> found = processes.pids(); !killed.containsAll(found); found = processes.pids()) {
            for (int pid : found) {
                if (killed.add(pid)) {
                    kill(linux, pid);
                }
            }
        }
    }

    private static void kill(Linux linux, int pid) throws ErrnoException {
        try {
            linux.processes().kill(pid, Sched.SIGKILL);
        } catch (ErrnoException e) {
            if (!e.is(Errno.ESRCH)) {
                throw e;
            }
        }
    }
}
