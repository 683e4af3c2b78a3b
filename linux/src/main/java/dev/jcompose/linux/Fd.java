package dev.jcompose.linux;

import java.nio.file.Path;

/**
 * An open file descriptor, closed exactly once. Descriptors are always made close-on-exec.
 *
 * <p>Thread-safe as far as closing goes; whoever reads or writes decides who closes.
 */
public final class Fd implements AutoCloseable {
    /** {@code AT_FDCWD}: relative paths begin at the working directory of the process. */
    public static final int AT_FDCWD = -100;

    private final Kernel kernel;
    private int number;

    Fd(Kernel kernel, long number) {
        this.kernel = kernel;
        this.number = (int) number;
    }

    /**
     * The descriptor's number.
     *
     * @throws IllegalStateException if it is closed already
     */
    public synchronized int number() {
        if (number < 0) {
            throw new IllegalStateException("file descriptor is closed");
        }
        return number;
    }

    /** The magic link to the open file: {@code /proc/self/fd/N}. Good for as long as the descriptor is open. */
    public Path procPath() {
        return Path.of("/proc/self/fd/" + number());
    }

    /** Gives the number away: this object no longer closes it. */
    public synchronized int release() {
        int released = number();
        number = -1;
        return released;
    }

    /** Gives the descriptor away to the returned object: this one no longer closes it. */
    public synchronized Fd move() {
        return new Fd(kernel, release());
    }

    /** Closes the descriptor; a second call does nothing. Never retried: close(2) frees the number even on error. */
    @Override
    public synchronized void close() {
        if (number >= 0) {
            kernel.call(Syscall.CLOSE, number, 0, 0, 0, 0, 0);
            number = -1;
        }
    }

    @Override
    public synchronized String toString() {
        return number < 0 ? "fd closed" : "fd " + number;
    }
}
