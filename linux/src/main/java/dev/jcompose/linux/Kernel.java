package dev.jcompose.linux;

/**
 * The one door to the kernel: a raw system call. Everything else in this package is written over it, so that a test can
 * record the calls, or refuse one of them as an older kernel does.
 */
@FunctionalInterface
public interface Kernel {

    /**
     * Makes one system call on the calling thread; unused arguments are 0. Pointers are addresses in a {@link Scratch}.
     *
     * @return what the kernel returned: a result of 0 or more, or the negative errno. No retry, no exception
     * @see <a href="https://man7.org/linux/man-pages/man2/syscall.2.html">syscall(2)</a>
     */
    long call(Syscall syscall, long a0, long a1, long a2, long a3, long a4, long a5);
}
