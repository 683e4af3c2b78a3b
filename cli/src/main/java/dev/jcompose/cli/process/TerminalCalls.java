package dev.jcompose.cli.process;

import dev.jcompose.cli.world.Registration;
import dev.jcompose.cli.world.Terminal.Size;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Kernel;
import dev.jcompose.linux.NativeKernel;
import dev.jcompose.linux.Scratch;
import dev.jcompose.linux.Syscall;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * ioctl(2) on terminals. Making one loads native code.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/ioctl_tty.2.html">ioctl_tty(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man3/termios.3.html">termios(3), cfmakeraw</a>
 */
final class TerminalCalls {
    private static final int TCGETS = 0x5401;
    private static final int TCSETS = 0x5402;
    private static final int TIOCGWINSZ = 0x5413;

    // struct termios of the kernel: four 32-bit words of flags, the line discipline, 19 control characters.
    private static final int TERMIOS_BYTES = 36;
    private static final int IFLAG = 0;
    private static final int OFLAG = 4;
    private static final int CFLAG = 8;
    private static final int LFLAG = 12;
    private static final int VTIME = 17 + 5;
    private static final int VMIN = 17 + 6;
    /** IGNBRK, BRKINT, PARMRK, ISTRIP, INLCR, IGNCR, ICRNL, IXON. */
    private static final int IFLAG_COOKED = 01 | 02 | 010 | 040 | 0100 | 0200 | 0400 | 02000;
    /** OPOST. */
    private static final int OFLAG_COOKED = 01;
    /** ISIG, ICANON, ECHO, ECHONL, IEXTEN. */
    private static final int LFLAG_COOKED = 01 | 02 | 010 | 0100 | 0100000;
    /** CSIZE, PARENB. */
    private static final int CFLAG_COOKED = 060 | 0400;

    private static final int CS8 = 060;

    private final Kernel kernel = new NativeKernel();

    Size size(int descriptor) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer size = scratch.buffer(8);
            ioctl(descriptor, TIOCGWINSZ, size);
            int rows = size.getShort(0) & 0xffff;
            int columns = size.getShort(2) & 0xffff;
            return rows == 0 || columns == 0 ? new Size(24, 80) : new Size(rows, columns);
        }
    }

    /** Raw mode until closed, or until the JVM exits. */
    Registration raw(int descriptor) throws ErrnoException {
        byte[] before = new byte[TERMIOS_BYTES];
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer termios = scratch.buffer(TERMIOS_BYTES);
            ioctl(descriptor, TCGETS, termios);
            termios.get(0, before);
            termios.putInt(IFLAG, termios.getInt(IFLAG) & ~IFLAG_COOKED)
                    .putInt(OFLAG, termios.getInt(OFLAG) & ~OFLAG_COOKED)
                    .putInt(LFLAG, termios.getInt(LFLAG) & ~LFLAG_COOKED)
                    .putInt(CFLAG, (termios.getInt(CFLAG) & ~CFLAG_COOKED) | CS8)
                    .put(VMIN, (byte) 1)
                    .put(VTIME, (byte) 0);
            ioctl(descriptor, TCSETS, termios);
        }
        AtomicBoolean restored = new AtomicBoolean();
        Registration restore = () -> {
            if (restored.compareAndSet(false, true)) {
                restore(descriptor, before);
            }
        };
        // A shell without echo is a bad way to be left by a command that was killed.
        Runtime.getRuntime().addShutdownHook(new Thread(restore::close, "restore-terminal"));
        return restore;
    }

    private void restore(int descriptor, byte[] before) {
        try (Scratch scratch = Scratch.open()) {
            ioctl(descriptor, TCSETS, scratch.buffer(TERMIOS_BYTES).put(0, before));
        } catch (ErrnoException e) {
            throw new IllegalStateException("cannot restore the terminal: " + e.getMessage(), e);
        }
    }

    private void ioctl(int descriptor, int request, ByteBuffer argument) throws ErrnoException {
        long result = kernel.call(Syscall.IOCTL, descriptor, request, Scratch.address(argument), 0, 0, 0);
        if (result < 0) {
            throw new ErrnoException("ioctl(%d, 0x%x)".formatted(descriptor, request), (int) -result);
        }
    }
}
