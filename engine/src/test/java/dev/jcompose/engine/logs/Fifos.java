package dev.jcompose.engine.logs;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The two FIFOs of a container, held open for reading and writing as a container does. */
final class Fifos implements Closeable {
    final Path out;
    final Path err;
    private final Linux linux;
    private final RandomAccessFile outHeld;
    private final RandomAccessFile errHeld;

    Fifos(Linux linux, Path directory) throws IOException {
        this.linux = linux;
        this.out = directory.resolve("stdout");
        this.err = directory.resolve("stderr");
        linux.files().mknodat(null, out.toString(), Fcntl.S_IFIFO | 0600, 0, 0);
        linux.files().mknodat(null, err.toString(), Fcntl.S_IFIFO | 0600, 0, 0);
        this.outHeld = new RandomAccessFile(out.toFile(), "rw");
        this.errHeld = new RandomAccessFile(err.toFile(), "rw");
    }

    /** What a container does; blocks while the pipe is full. */
    void print(LogStream stream, String text) throws IOException {
        (stream == LogStream.STDOUT ? outHeld : errHeld).write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The end that the engine reads. */
    Fd open(LogStream stream) throws IOException {
        return open(linux, stream == LogStream.STDOUT ? out : err);
    }

    static Fd open(Linux linux, Path fifo) throws IOException {
        return linux.files().openat(null, fifo.toString(), Fcntl.O_RDONLY | Fcntl.O_NONBLOCK, 0);
    }

    /** The container is gone. */
    @Override
    public void close() throws IOException {
        outHeld.close();
        errHeld.close();
    }
}
