package dev.jcompose.runtime;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.FileCalls;
import dev.jcompose.runtime.container.ContainerSpec;
import dev.jcompose.runtime.container.StandardInput;
import dev.jcompose.runtime.stdio.InputFifo;
import org.jspecify.annotations.Nullable;

/**
 * The two ends of a standard input at a container's start.
 *
 * @param container what the container reads from; closed when it has it
 * @param engine what keeps the container from finding an end; null when nothing needs to
 */
record InputEnds(Fd container, @Nullable Fd engine) {

    static InputEnds open(FileCalls files, InputFifo fifo, ContainerSpec spec) throws ErrnoException {
        StandardInput input = spec.process().terminal() ? StandardInput.NONE : spec.standardInput();
        if (input == StandardInput.NONE) {
            return new InputEnds(files.openat(null, "/dev/null", Fcntl.O_RDWR, 0), null);
        }
        fifo.create();
        Fd both = fifo.openKeptOpen();
        if (input == StandardInput.KEPT_OPEN) {
            return new InputEnds(both, null);
        }
        try (both) {
            Fd reading = fifo.openForReading();
            try {
                return new InputEnds(reading, fifo.openForWriting());
            } catch (ErrnoException e) {
                reading.close();
                throw e;
            }
        }
    }

    void close() {
        container.close();
        if (engine != null) {
            engine.close();
        }
    }
}
