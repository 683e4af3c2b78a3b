package dev.jcompose.engine.build;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import dev.jcompose.runtime.RunningContainer;
import dev.jcompose.runtime.container.ContainerExit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Reads the output of a command line by line until it ends. The epoll thread only says that there is something; it is
 * read, and handed on, by the thread that waits.
 */
final class CommandOutput {
    private static final int BUFFER_BYTES = 32 * 1024;
    private static final int EPOLLET = 1 << 31;

    private final Linux linux;
    private final EventLoop loop;
    private final RunningContainer running;
    private final LineSplitter stdout;
    private final LineSplitter stderr;
    private final Semaphore something = new Semaphore(0);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    CommandOutput(Linux linux, EventLoop loop, RunningContainer running, Consumer<String> lines) {
        this.linux = linux;
        this.loop = loop;
        this.running = running;
        stdout = new LineSplitter(lines);
        stderr = new LineSplitter(lines);
    }

    /**
     * Reads until the command has ended.
     *
     * @return its exit code as a shell has it
     * @throws InterruptedException after it was killed
     */
    int untilEnd() throws IOException, InterruptedException {
        try (Fd out = running.openStdout();
                Fd err = running.openStderr();
                EventLoop.Registration exit = watch(running.exitFd());
                EventLoop.Registration outWatch = watch(out);
                EventLoop.Registration errWatch = watch(err)) {
            while (true) {
                drain(out, stdout);
                drain(err, stderr);
                Optional<ContainerExit> ended = running.exit();
                if (ended.isPresent()) {
                    exit.close();
                    outWatch.close();
                    errWatch.close();
                    drain(out, stdout);
                    drain(err, stderr);
                    rest(running.stdoutRest(), stdout);
                    rest(running.stderrRest(), stderr);
                    return ended.get().status().shellCode();
                }
                something.acquire();
            }
        } catch (InterruptedException e) {
            running.kill();
            throw e;
        }
    }

    private EventLoop.Registration watch(Fd fd) throws ErrnoException {
        return loop.register(fd, EventCalls.EPOLLIN | EPOLLET, events -> something.release());
    }

    private void drain(Fd pipe, LineSplitter lines) throws IOException {
        try {
            while (linux.files().read(pipe, buffer.clear()) > 0) {
                lines.add(buffer.flip());
            }
        } catch (ErrnoException e) {
            if (!e.is(Errno.EAGAIN)) {
                throw e;
            }
        }
    }

    private static void rest(Path file, LineSplitter lines) throws IOException {
        if (Files.isRegularFile(file)) {
            lines.add(ByteBuffer.wrap(Files.readAllBytes(file)));
        }
        lines.end();
    }
}
