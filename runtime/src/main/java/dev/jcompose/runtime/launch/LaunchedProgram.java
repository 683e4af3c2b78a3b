package dev.jcompose.runtime.launch;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A launch program that was started, and the pipe on which it reports. Not thread-safe. */
public final class LaunchedProgram implements AutoCloseable {
    private static final long HOUR_MILLIS = 3_600_000;

    private final Linux linux;
    private final LaunchProgram program;
    private final int pid;
    private final Fd reportPipe;

    LaunchedProgram(Linux linux, LaunchProgram program, int pid, Fd reportPipe) {
        this.linux = linux;
        this.program = program;
        this.pid = pid;
        this.reportPipe = reportPipe;
    }

    /** The process that runs the program, in its parent's side after a fork. The caller reaps it. */
    public int pid() {
        return pid;
    }

    /** What the program does, for {@link LaunchProgram#describe}. */
    public LaunchProgram program() {
        return program;
    }

    /** Waits for the next reports; empty when all who could write any have executed another program or ended. */
    public List<LaunchReport> awaitReports() throws ErrnoException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(64 * LaunchReport.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (linux.files().read(reportPipe, buffer) == 0) {
            return List.of();
        }
        // A write of up to PIPE_BUF bytes is atomic, but two of them may lie in the pipe, and one may be longer.
        boolean more = true;
        while (more && buffer.position() % LaunchReport.BYTES != 0) {
            more = linux.files().read(reportPipe, buffer) > 0;
        }
        buffer.flip();
        List<LaunchReport> reports = new ArrayList<>();
        while (buffer.remaining() >= LaunchReport.BYTES) {
            reports.add(LaunchReport.read(buffer));
        }
        return reports;
    }

    /**
     * Waits until all who could report anything have executed another program or ended, and not for each report: who is
     * woken for that may take the processor from the one that is about to execute.
     */
    public void awaitEnd() throws ErrnoException {
        boolean ended = false;
        while (!ended) {
            ended = linux.events().poll(reportPipe, 0, HOUR_MILLIS);
        }
    }

    @Override
    public void close() {
        reportPipe.close();
    }
}
