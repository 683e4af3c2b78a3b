package dev.jcompose.linux;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a program in a process of its own that shares nothing with the JVM.
 *
 * <p>The C library does it with {@code clone(CLONE_VM | CLONE_VFORK)}: no page tables are copied, and only the calling
 * thread waits until the program has begun. The child inherits the <em>calling thread's</em> namespaces.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
 */
public final class Spawner {
    /** Descriptors to hand over are first moved up here, so that no low target number is also a source. */
    private static final int LOWEST_SOURCE = 100;

    private static final int POSIX_SPAWN_SETSIGDEF = 0x04;
    private static final int POSIX_SPAWN_SETSIGMASK = 0x08;
    private static final int POSIX_SPAWN_SETSID = 0x80;

    /** Larger than {@code posix_spawnattr_t} (336) and {@code posix_spawn_file_actions_t} (80) of glibc and musl. */
    private static final int STRUCT_BYTES = 512;

    private static final int SIGNAL_SET_BYTES = 128;

    private final Linux linux;
    private final LibC.Functions libc;

    /** {@code linux} must be over {@code kernel}. */
    public Spawner(Linux linux, NativeKernel kernel) {
        this.linux = linux;
        this.libc = kernel.libc();
    }

    /**
     * Starts the executable that is open as {@code executable}, with an empty environment, in a new session, with all
     * signals at their default and unblocked.
     *
     * @param descriptors entry {@code i} becomes descriptor {@code i} of the child. Beyond them it may have some that
     *     the JVM itself opened without close-on-exec: a launch program begins with close_range(2)
     * @param argv what the program sees as its arguments, the name first
     * @return the child's pid; the caller reaps it
     */
    public int spawn(Fd executable, List<Fd> descriptors, List<String> argv) throws ErrnoException {
        List<Fd> sources = new ArrayList<>();
        try (Scratch scratch = Scratch.open();
                Fd program = linux.files().duplicate(executable, LOWEST_SOURCE)) {
            for (Fd descriptor : descriptors) {
                sources.add(linux.files().duplicate(descriptor, LOWEST_SOURCE));
            }
            return spawn(scratch, program.procPath().toString(), sources, argv);
        } finally {
            sources.forEach(Fd::close);
        }
    }

    private int spawn(Scratch scratch, String path, List<Fd> sources, List<String> argv) throws ErrnoException {
        ByteBuffer pid = scratch.buffer(4);
        long fileActions = Scratch.address(scratch.buffer(STRUCT_BYTES));
        long attributes = Scratch.address(scratch.buffer(STRUCT_BYTES));
        libc.posix_spawn_file_actions_init(fileActions);
        libc.posix_spawnattr_init(attributes);
        try {
            for (int i = 0; i < sources.size(); i++) {
                libc.posix_spawn_file_actions_adddup2(
                        fileActions, sources.get(i).number(), i);
            }
            ByteBuffer none = scratch.buffer(SIGNAL_SET_BYTES);
            ByteBuffer all = scratch.buffer(SIGNAL_SET_BYTES);
            all.putLong(0, -1L);
            libc.posix_spawnattr_setflags(
                    attributes, (short) (POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID));
            libc.posix_spawnattr_setsigmask(attributes, Scratch.address(none));
            libc.posix_spawnattr_setsigdefault(attributes, Scratch.address(all));
            int error = libc.posix_spawn(
                    Scratch.address(pid),
                    scratch.string(path),
                    fileActions,
                    attributes,
                    scratch.strings(argv),
                    scratch.strings(List.of()),
                    0);
            if (error != 0) {
                throw new ErrnoException("posix_spawn(" + argv.get(0) + ")", error);
            }
            return pid.getInt(0);
        } finally {
            libc.posix_spawn_file_actions_destroy(fileActions);
            libc.posix_spawnattr_destroy(attributes);
        }
    }
}
