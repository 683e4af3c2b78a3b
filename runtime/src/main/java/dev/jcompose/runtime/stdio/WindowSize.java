package dev.jcompose.runtime.stdio;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.FileCalls;
import dev.jcompose.linux.Scratch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The size of a terminal.
 *
 * @param rows height in characters, 0 for unknown, at most 65535
 * @param columns width in characters, 0 for unknown, at most 65535
 * @see <a href="https://man7.org/linux/man-pages/man2/TIOCSWINSZ.2const.html">TIOCSWINSZ(2const)</a>
 */
public record WindowSize(int rows, int columns) {
    private static final long TIOCSWINSZ = 0x5414;
    private static final int WINSIZE_BYTES = 8;
    private static final int MAX = 0xffff;

    public WindowSize {
        if (rows < 0 || rows > MAX || columns < 0 || columns > MAX) {
            throw new IllegalArgumentException("terminal size %dx%d is not in 0..65535".formatted(rows, columns));
        }
    }

    /** A {@code struct winsize}. */
    public byte[] winsize() {
        return ByteBuffer.allocate(WINSIZE_BYTES)
                .order(ByteOrder.nativeOrder())
                .putShort(0, (short) rows)
                .putShort(2, (short) columns)
                .array();
    }

    /** Gives a terminal this size; its foreground processes get {@code SIGWINCH}. */
    public void set(FileCalls files, Fd terminal) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            files.ioctl(terminal, TIOCSWINSZ, scratch.bytes(winsize()));
        }
    }
}
