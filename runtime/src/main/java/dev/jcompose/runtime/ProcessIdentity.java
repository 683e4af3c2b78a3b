package dev.jcompose.runtime;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a process from another one that has got its number.
 *
 * @param pid in the engine's pid namespace
 * @param startTimeTicks when it began, clock ticks since boot
 */
record ProcessIdentity(int pid, long startTimeTicks) {
    private static final Logger log = LoggerFactory.getLogger(ProcessIdentity.class);

    /** Index of field 22, {@code starttime}, in what follows the command name: that is field 2, and may hold blanks. */
    private static final int START_TIME = 22 - 3;

    private static final int FLAGS = 9 - 3;
    private static final long PF_EXITING = 4;

    /**
     * Reads the identity of a process that cannot go away meanwhile, such as a child that was not waited for.
     *
     * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
     */
    static ProcessIdentity of(int pid) throws IOException {
        return new ProcessIdentity(pid, Long.parseLong(stat(pid)[START_TIME]));
    }

    /**
     * Whether the process of that number is on its way out, or gone: its namespaces are, its pidfd may not tell yet.
     */
    static boolean isEnding(int pid) {
        try {
            return (Long.parseLong(stat(pid)[FLAGS]) & PF_EXITING) != 0;
        } catch (IOException gone) {
            return true;
        }
    }

    private static String[] stat(int pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Integer.toString(pid), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    }

    /** A pidfd of this very process; empty when it is gone. */
    Optional<Fd> open(Linux linux) throws IOException {
        Fd pidfd;
        try {
            pidfd = linux.processes().pidfdOpen(pid);
        } catch (ErrnoException e) {
            if (e.is(Errno.ESRCH)) {
                return Optional.empty();
            }
            throw e;
        }
        // The pidfd holds whoever has the number now; only then it makes sense to ask who that is.
        try {
            if (of(pid).equals(this)) {
                return Optional.of(pidfd);
            }
        } catch (IOException e) {
            log.trace("process {} ended while it was looked at", pid, e);
        }
        pidfd.close();
        return Optional.empty();
    }
}
