package dev.jcompose.linux;

import java.nio.ByteBuffer;
import jnr.ffi.Pointer;
import jnr.ffi.types.intptr_t;
import jnr.ffi.types.ssize_t;

/** Holds {@link Functions}, so that the interface is public to jnr-ffi's class loader and to nobody else. */
final class LibC {
    private LibC() {}

    /**
     * The C library, one method per man page. Few, because each one costs start-up time: whatever is a system call goes
     * through {@link #syscall}.
     */
    public interface Functions {

        /** syscall(2), with all six arguments: a JVM cannot make variadic calls of other shapes safely. */
        @ssize_t
        long syscall(
                @ssize_t long number,
                @ssize_t long a0,
                @ssize_t long a1,
                @ssize_t long a2,
                @ssize_t long a3,
                @ssize_t long a4,
                @ssize_t long a5);

        /**
         * posix_spawn(3); returns the error number. All arguments are addresses, but for the last: jnr-ffi 2.3.4 on
         * x86-64 loses the sixth of exactly six arguments, so there is a seventh, which C ignores.
         */
        int posix_spawn(
                @intptr_t long pid,
                @intptr_t long path,
                @intptr_t long fileActions,
                @intptr_t long attributes,
                @intptr_t long argv,
                @intptr_t long envp,
                @intptr_t long ignored);

        /** posix_spawn_file_actions_init(3). */
        int posix_spawn_file_actions_init(@intptr_t long fileActions);

        /** posix_spawn_file_actions_adddup2(3). */
        int posix_spawn_file_actions_adddup2(@intptr_t long fileActions, int fd, int newFd);

        /** posix_spawn_file_actions_destroy(3). */
        int posix_spawn_file_actions_destroy(@intptr_t long fileActions);

        /** posix_spawnattr_init(3). */
        int posix_spawnattr_init(@intptr_t long attributes);

        /** posix_spawnattr_setflags(3). */
        int posix_spawnattr_setflags(@intptr_t long attributes, short flags);

        /** posix_spawnattr_setsigmask(3). */
        int posix_spawnattr_setsigmask(@intptr_t long attributes, @intptr_t long signalSet);

        /** posix_spawnattr_setsigdefault(3). */
        int posix_spawnattr_setsigdefault(@intptr_t long attributes, @intptr_t long signalSet);

        /** posix_spawnattr_destroy(3). */
        int posix_spawnattr_destroy(@intptr_t long attributes);
    }

    /** Loads the C library of the process, glibc or musl. */
    static Functions load() {
        return jnr.ffi.LibraryLoader.create(Functions.class).load("c");
    }

    /** The address of a direct buffer's first byte, whatever its position: jnr-ffi itself adds the position. */
    static long address(ByteBuffer direct) {
        return Pointer.wrap(jnr.ffi.Runtime.getSystemRuntime(), direct).address() - direct.position();
    }
}
