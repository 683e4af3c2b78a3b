package dev.jcompose.cli.process;

import dev.jcompose.cli.world.Registration;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Scratch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A terminal whose line editing, echo and signal keys are off until this is closed.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/termios.3.html">termios(3), cfmakeraw</a>
 */
public final class RawMode implements Registration {
    private static final int TCGETS = 0x5401;
    private static final int TCSETS = 0x5402;

    // struct termios of the kernel: four 32-bit words of flags, the line discipline, 19 control characters.
    private static final int TERMIOS_BYTES = 36;
    private static final int IFLAG = 0;
    private static final int OFLAG = 4;
    private static final int CFLAG = 8;
    private static final int LFLAG = 12;
    private static final int CC = 17;
    private static final int VTIME = CC + 5;
    private static final int VMIN = CC + 6;
    /** IGNBRK, BRKINT, PARMRK, ISTRIP, INLCR, IGNCR, ICRNL, IXON. */
    private static final int IFLAG_COOKED = 01 | 02 | 010 | 040 | 0100 | 0200 | 0400 | 02000;
    /** OPOST. */
    private static final int OFLAG_COOKED = 01;
    /** ISIG, ICANON, ECHO, ECHONL, IEXTEN. */
    private static final int LFLAG_COOKED = 01 | 02 | 010 | 0100 | 0100000;
    /** ICANON, ECHO. */
    private static final int LFLAG_LINES = 02 | 010;
    /** CSIZE, PARENB. */
    private static final int CFLAG_COOKED = 060 | 0400;

    private static final int CS8 = 060;

    /** How many control characters the C library has, and so stty(1). */
    private static final int CC_OF_LIBRARY = 32;

    private final Linux linux;
    private final Fd terminal;
    private final byte[] before = new byte[TERMIOS_BYTES];
    private final AtomicBoolean restored = new AtomicBoolean();

    private RawMode(Linux linux, Fd terminal) {
        this.linux = linux;
        this.terminal = terminal;
    }

    /** Begins it; the descriptor must stay open until this is closed. */
    static RawMode begin(Linux linux, Fd terminal) throws ErrnoException {
        return begin(linux, terminal, RawMode::makeRaw);
    }

    /** Only line editing and echo are off. */
    static RawMode beginKeys(Linux linux, Fd terminal) throws ErrnoException {
        return begin(
                linux,
                terminal,
                termios -> termios.putInt(LFLAG, termios.getInt(LFLAG) & ~LFLAG_LINES)
                        .put(VMIN, (byte) 1)
                        .put(VTIME, (byte) 0));
    }

    private static void makeRaw(ByteBuffer termios) {
        termios.putInt(IFLAG, termios.getInt(IFLAG) & ~IFLAG_COOKED)
                .putInt(OFLAG, termios.getInt(OFLAG) & ~OFLAG_COOKED)
                .putInt(LFLAG, termios.getInt(LFLAG) & ~LFLAG_COOKED)
                .putInt(CFLAG, (termios.getInt(CFLAG) & ~CFLAG_COOKED) | CS8)
                .put(VMIN, (byte) 1)
                .put(VTIME, (byte) 0);
    }

    private static RawMode begin(Linux linux, Fd terminal, Consumer<ByteBuffer> change) throws ErrnoException {
        RawMode mode = new RawMode(linux, terminal);
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer termios = scratch.buffer(TERMIOS_BYTES);
            linux.files().ioctl(terminal, TCGETS, Scratch.address(termios));
            termios.get(0, mode.before);
            change.accept(termios);
            linux.files().ioctl(terminal, TCSETS, Scratch.address(termios));
        }
        return mode;
    }

    /** The settings before, as {@code stty} takes them: hexadecimal numbers with colons between them. */
    public String settingsBefore() {
        ByteBuffer termios = ByteBuffer.wrap(before).order(ByteOrder.nativeOrder());
        StringBuilder text = new StringBuilder();
        for (int flags : new int[] {IFLAG, OFLAG, CFLAG, LFLAG}) {
            text.append(Integer.toHexString(termios.getInt(flags))).append(':');
        }
        for (int i = 0; i < CC_OF_LIBRARY; i++) {
            int character = CC + i < TERMIOS_BYTES ? before[CC + i] & 0xff : 0;
            text.append(Integer.toHexString(character)).append(i + 1 < CC_OF_LIBRARY ? ":" : "");
        }
        return text.toString();
    }

    /** Restores the settings; the second time nothing happens. */
    @Override
    public void close() {
        if (restored.compareAndSet(false, true)) {
            try (Scratch scratch = Scratch.open()) {
                ByteBuffer termios = scratch.buffer(TERMIOS_BYTES).put(0, before);
                linux.files().ioctl(terminal, TCSETS, Scratch.address(termios));
            } catch (ErrnoException e) {
                throw new IllegalStateException("cannot restore the terminal: " + e.getMessage(), e);
            }
        }
    }
}
