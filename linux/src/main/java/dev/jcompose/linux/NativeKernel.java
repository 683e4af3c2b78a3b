package dev.jcompose.linux;

import jnr.ffi.LastError;
import jnr.ffi.Runtime;

/** {@link Kernel} over the C library's syscall(2). */
public final class NativeKernel implements Kernel {
    private final Arch arch = Arch.current();
    private final LibC.Functions libc;
    private final Runtime runtime;

    /** Loads the C library; costs 40 to 200 ms in a cold JVM, so make one per process and only when it is needed. */
    public NativeKernel() {
        libc = LibC.load();
        runtime = Runtime.getRuntime(libc);
    }

    @Override
    public long call(Syscall syscall, long a0, long a1, long a2, long a3, long a4, long a5) {
        long result = libc.syscall(syscall.number(arch), a0, a1, a2, a3, a4, a5);
        return result == -1 ? -LastError.getLastError(runtime) : result;
    }

    LibC.Functions libc() {
        return libc;
    }
}
