package dev.jcompose.cli.process;

import dev.jcompose.cli.world.Terminal.Size;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Scratch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An open terminal.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/ioctl_tty.2.html">ioctl_tty(2)</a>
 */
public record TerminalFile(Linux linux, Fd fd) {
    private static final int TIOCGWINSZ = 0x5413;
    private static final Size USUAL = new Size(24, 80);

    /** Whether a link of {@code /proc/PID/fd} leads to a terminal, by the name of the file. */
    public static boolean isTerminal(Path link) {
        try {
            String file = Files.readSymbolicLink(link).toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a process is of the group that the keys of its terminal go to. */
    public static boolean isForeground(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            // After the name in parentheses: state, parent, group, session, terminal, the terminal's group.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return fields[2].equals(fields[5]);
        } catch (IOException e) {
            return false;
        }
    }

    /** Rows and columns; 24 by 80 where the terminal does not know. */
    public Size size() {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer size = scratch.buffer(8);
            linux.files().ioctl(fd, TIOCGWINSZ, Scratch.address(size));
            int rows = size.getShort(0) & 0xffff;
            int columns = size.getShort(2) & 0xffff;
            return rows == 0 || columns == 0 ? USUAL : new Size(rows, columns);
        } catch (ErrnoException e) {
            return USUAL;
        }
    }

    /**
     * Turns line editing and echo off until closed.
     *
     * @throws IllegalStateException if that fails
     */
    public RawMode keys() {
        try {
            return RawMode.beginKeys(linux, fd);
        } catch (ErrnoException e) {
            throw new IllegalStateException("cannot set the terminal: " + e.getMessage(), e);
        }
    }

    /**
     * Turns line editing, echo and signal keys off until closed.
     *
     * @throws IllegalStateException if that fails
     */
    public RawMode raw() {
        try {
            return RawMode.begin(linux, fd);
        } catch (ErrnoException e) {
            throw new IllegalStateException("cannot put the terminal into raw mode: " + e.getMessage(), e);
        }
    }
}
