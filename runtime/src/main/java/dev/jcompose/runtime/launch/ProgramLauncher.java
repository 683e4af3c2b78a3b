package dev.jcompose.runtime.launch;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.FileCalls;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Spawner;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts launch programs. The executable is a memfd that nobody can write to any more, so what a container reaches
 * through {@code /proc/self/exe} of a process that is about to become its own is worth nothing (CVE-2019-5736).
 */
public final class ProgramLauncher {
    /** The lowest descriptor of a program that is the caller's to choose: 0 to 2 are the streams, 3 is the report. */
    public static final int FIRST_OWN_FD = Interpreter.REPORT_FD + 1;

    private static final int ALL_SEALS =
            Fcntl.F_SEAL_SEAL | Fcntl.F_SEAL_SHRINK | Fcntl.F_SEAL_GROW | Fcntl.F_SEAL_WRITE;

    private final Linux linux;
    private final Spawner spawner;

    /** {@code spawner} must be over {@code linux}'s kernel. */
    public ProgramLauncher(Linux linux, Spawner spawner) {
        this.linux = linux;
        this.spawner = spawner;
    }

    /**
     * Starts a program.
     *
     * @param name what the process is called until its execve(2), at most 15 characters count
     * @param streams its standard input, output and error
     * @param more its descriptors from {@link #FIRST_OWN_FD} on
     */
    public LaunchedProgram start(String name, LaunchProgram program, List<Fd> streams, List<Fd> more)
            throws ErrnoException {
        FileCalls files = linux.files();
        EventCalls.Pipe report = linux.events().pipe2(0);
        try (Fd memfd = files.memfdCreate(name);
                Fd writeEnd = report.writeEnd()) {
            files.writeFully(memfd, program.executable());
            files.fcntl(memfd, Fcntl.F_ADD_SEALS, ALL_SEALS);
            List<Fd> descriptors = new ArrayList<>(streams);
            descriptors.add(writeEnd);
            descriptors.addAll(more);
            int pid = spawner.spawn(memfd, descriptors, List.of(name));
            return new LaunchedProgram(linux, program, pid, report.readEnd());
        } catch (ErrnoException e) {
            report.close();
            throw e;
        }
    }
}
