package dev.jcompose.engine.core;

import dev.jcompose.engine.logs.ContainerLog;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls.Pipe;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a container wrote last while no engine read it. When it ended, its FIFOs went with it; its monitor saved what
 * was in them to two files, which come behind everything that was read from the FIFOs.
 */
final class LeftOver {
    private LeftOver() {}

    /** Appends both files to the log and removes them; without files it does nothing. */
    static void append(Linux linux, EventLoop loop, ContainerLog log, Path stdout, Path stderr) throws IOException {
        if (isEmpty(stdout) && isEmpty(stderr)) {
            return;
        }
        try (Pipe out = pipe(linux, stdout);
                Pipe err = pipe(linux, stderr)) {
            log.write(
                            loop,
                            linux.files().duplicate(out.readEnd(), 3),
                            linux.files().duplicate(err.readEnd(), 3))
                    .finish();
        }
        Files.deleteIfExists(stdout);
        Files.deleteIfExists(stderr);
    }

    private static boolean isEmpty(Path file) throws IOException {
        return !Files.exists(file) || Files.size(file) == 0;
    }

    /** A pipe that holds the whole file: it came out of one. */
    private static Pipe pipe(Linux linux, Path file) throws IOException {
        Pipe pipe = linux.events().pipe2(Fcntl.O_NONBLOCK);
        try {
            if (!isEmpty(file)) {
                byte[] bytes = Files.readAllBytes(file);
                linux.files().fcntl(pipe.writeEnd(), Fcntl.F_SETPIPE_SZ, bytes.length);
                linux.files().writeFully(pipe.writeEnd(), bytes);
            }
            return pipe;
        } catch (ErrnoException e) {
            pipe.close();
            throw e;
        }
    }
}
