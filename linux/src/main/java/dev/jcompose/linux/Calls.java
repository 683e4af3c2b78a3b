package dev.jcompose.linux;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What every family of calls shares: the one place where a negative result becomes an exception. */
abstract class Calls {
    private final Kernel kernel;

    Calls(Kernel kernel) {
        this.kernel = kernel;
    }

    final Kernel kernel() {
        return kernel;
    }

    /**
     * Makes the call, again for as long as it is interrupted.
     *
     * @param arguments the arguments that matter, as strace would print them; asked for only on failure
     */
    final long check(Supplier<String> arguments, Syscall syscall, long a0, long a1, long a2, long a3, long a4, long a5)
            throws ErrnoException {
        while (true) {
            long result = kernel.call(syscall, a0, a1, a2, a3, a4, a5);
            if (result >= 0) {
                return result;
            }
            if (-result != Errno.EINTR.number()) {
                throw new ErrnoException(syscall.manName() + "(" + arguments.get() + ")", (int) -result);
            }
        }
    }

    final long check(Supplier<String> arguments, Syscall syscall, long a0, long a1, long a2) throws ErrnoException {
        return check(arguments, syscall, a0, a1, a2, 0, 0, 0);
    }

    final Fd fd(long number) {
        return new Fd(kernel, number);
    }

    static int directory(@Nullable Fd directory) {
        return directory == null ? Fd.AT_FDCWD : directory.number();
    }

    static String show(@Nullable Fd directory, String path) {
        return directory == null ? path : directory.number() + ":" + path;
    }

    static String hex(long flags) {
        return "0x" + Long.toHexString(flags);
    }

    static String octal(int mode) {
        return "0" + Integer.toOctalString(mode);
    }
}
