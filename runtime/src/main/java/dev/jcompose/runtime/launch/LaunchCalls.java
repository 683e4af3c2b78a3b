package dev.jcompose.runtime.launch;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.FileCalls;
import dev.jcompose.linux.Mount;
import dev.jcompose.linux.Syscall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The calls that launch programs make on files and mounts, named as in the man pages. Each method adds one entry to a
 * program; descriptors are close-on-exec. Methods that begin with {@code try} let the call fail.
 */
public final class LaunchCalls {
    /** The working directory. */
    public static final Argument AT_FDCWD = Argument.number(-100);

    private static final long LAST_FD = 0xffffffffL;
    private static final Argument ZERO = Argument.number(0);
    private static final int OPEN_HOW_BYTES = 24;
    private static final int MOUNT_ATTR_BYTES = 32;

    private final LaunchProgramBuilder program;

    /** Adds to {@code program}. */
    public LaunchCalls(LaunchProgramBuilder program) {
        this.program = program;
    }

    /** The program that these calls are added to. */
    public LaunchProgramBuilder program() {
        return program;
    }

    /** {@code O_DIRECTORY} on the program's architecture. */
    public int oDirectory() {
        return Fcntl.oDirectory(program.arch());
    }

    /** {@code O_NOFOLLOW} on the program's architecture. */
    public int oNofollow() {
        return Fcntl.oNofollow(program.arch());
    }

    /** openat(2). */
    public Argument.Result openat(Argument directory, String path, int flags, int mode) {
        return program.call(Syscall.OPENAT, directory, string(path), cloexec(flags), Argument.number(mode));
    }

    /** openat(2) that may fail. */
    public Argument.Result tryOpenat(Argument directory, String path, int flags, int mode) {
        return program.tryCall(Syscall.OPENAT, directory, string(path), cloexec(flags), Argument.number(mode));
    }

    /** openat2(2); {@code resolve} is of {@code RESOLVE_*}. */
    public Argument.Result openat2(Argument directory, String path, int flags, int resolve) {
        return program.call(Syscall.OPENAT2, openat2Arguments(directory, path, flags, resolve));
    }

    /** openat2(2) that may fail. */
    public Argument.Result tryOpenat2(Argument directory, String path, int flags, int resolve) {
        return program.tryCall(Syscall.OPENAT2, openat2Arguments(directory, path, flags, resolve));
    }

    private Argument[] openat2Arguments(Argument directory, String path, int flags, int resolve) {
        byte[] how = words(OPEN_HOW_BYTES, (flags | Fcntl.O_CLOEXEC) & 0xffffffffL, 0, resolve);
        String description =
                "{flags 0x" + Integer.toHexString(flags) + ", resolve 0x" + Integer.toHexString(resolve) + "}";
        return new Argument[] {directory, string(path), program.bytes(how, description), Argument.number(OPEN_HOW_BYTES)
        };
    }

    /** mkdirat(2) that may fail, since the directory may be there: what opens it afterwards must not. */
    public void tryMkdirat(Argument directory, String name, int mode) {
        program.tryCall(Syscall.MKDIRAT, directory, string(name), Argument.number(mode));
    }

    /** mknodat(2); {@code mode} holds the type. */
    public void mknodat(Argument directory, String name, int mode, int major, int minor) {
        program.call(
                Syscall.MKNODAT,
                directory,
                string(name),
                Argument.number(mode),
                Argument.number(FileCalls.makedev(major, minor)));
    }

    /** mknodat(2) of an empty regular file, which may be there. */
    public void tryMakeFile(Argument directory, String name, int mode) {
        program.tryCall(
                Syscall.MKNODAT, directory, string(name), Argument.number(Fcntl.S_IFREG | mode), Argument.number(0));
    }

    /** symlinkat(2). */
    public void symlinkat(String target, Argument directory, String name) {
        program.call(Syscall.SYMLINKAT, string(target), directory, string(name));
    }

    /** fchownat(2), without following a symbolic link. */
    public void fchownat(Argument directory, String name, int uid, int gid) {
        program.call(
                Syscall.FCHOWNAT,
                directory,
                string(name),
                Argument.number(uid),
                Argument.number(gid),
                Argument.number(Fcntl.AT_SYMLINK_NOFOLLOW));
    }

    /** mount(2). */
    public void mount(String source, String target, @Nullable String type, long flags, @Nullable String data) {
        program.call(
                Syscall.MOUNT,
                string(source),
                string(target),
                type == null ? ZERO : string(type),
                Argument.number(flags),
                data == null ? ZERO : string(data));
    }

    /** fchdir(2) and mount(2) on {@code .}: no path is looked up, so no symbolic link can lead elsewhere. */
    public void mountOn(Argument directory, String source, String type, long flags, @Nullable String data) {
        fchdir(directory);
        mount(source, ".", type, flags, data);
    }

    /** umount2(2). */
    public void umount2(String target, int flags) {
        program.call(Syscall.UMOUNT2, string(target), Argument.number(flags));
    }

    /** open_tree(2); an empty path stands for {@code directory} itself. */
    public Argument.Result openTree(Argument directory, String path, int flags) {
        int empty = path.isEmpty() ? Fcntl.AT_EMPTY_PATH : 0;
        return program.call(
                Syscall.OPEN_TREE, directory, string(path), Argument.number(flags | empty | Mount.OPEN_TREE_CLOEXEC));
    }

    /** move_mount(2) of a detached mount onto what is open as {@code target}. */
    public void moveMount(Argument mount, Argument target) {
        program.call(
                Syscall.MOVE_MOUNT,
                mount,
                string(""),
                target,
                string(""),
                Argument.number(Mount.MOVE_MOUNT_F_EMPTY_PATH | Mount.MOVE_MOUNT_T_EMPTY_PATH));
    }

    /** mount_setattr(2) of an open mount; {@code recursive} takes those below it along. */
    public void mountSetattr(Argument mount, boolean recursive, long set, long propagation) {
        mountSetattr(mount, recursive, set, propagation, 0);
    }

    /** The same with the descriptor of a user namespace, for {@link Mount#MOUNT_ATTR_IDMAP}. */
    public void mountSetattr(Argument mount, boolean recursive, long set, long propagation, int userNamespace) {
        byte[] attributes = words(MOUNT_ATTR_BYTES, set, 0, propagation, userNamespace);
        program.call(
                Syscall.MOUNT_SETATTR,
                mount,
                string(""),
                Argument.number(Fcntl.AT_EMPTY_PATH | (recursive ? Fcntl.AT_RECURSIVE : 0)),
                program.bytes(
                        attributes,
                        "{set 0x" + Long.toHexString(set) + ", propagation 0x" + Long.toHexString(propagation) + "}"),
                Argument.number(MOUNT_ATTR_BYTES));
    }

    /** fchdir(2). */
    public void fchdir(Argument directory) {
        program.call(Syscall.FCHDIR, directory);
    }

    /** chdir(2). */
    public void chdir(String path) {
        program.call(Syscall.CHDIR, string(path));
    }

    /** dup3(2) to a number of the caller's choice. */
    public void dup3(Argument descriptor, int number) {
        program.call(Syscall.DUP3, descriptor, Argument.number(number), Argument.number(Fcntl.O_CLOEXEC));
    }

    /** close(2). */
    public void close(Argument descriptor) {
        program.call(Syscall.CLOSE, descriptor);
    }

    /** write(2) of a short text. */
    public void write(Argument descriptor, String text) {
        program.call(Syscall.WRITE, descriptor, string(text), Argument.number(text.length()));
    }

    /** write(2) of bytes that error messages do not show; a file in memory takes all of them at once. */
    public void write(Argument descriptor, byte[] content) {
        program.call(
                Syscall.WRITE,
                descriptor,
                program.bytes(content, content.length + " bytes"),
                Argument.number(content.length));
    }

    /** fchown(2). */
    public void fchown(Argument descriptor, int uid, int gid) {
        program.call(Syscall.FCHOWN, descriptor, Argument.number(uid), Argument.number(gid));
    }

    /** fchmod(2). */
    public void fchmod(Argument descriptor, int mode) {
        program.call(Syscall.FCHMOD, descriptor, Argument.number(mode));
    }

    /** close_range(2), from and to inclusive; {@code flags} may hold {@code CLOSE_RANGE_CLOEXEC}. */
    public void closeRange(int first, long last, int flags) {
        program.call(Syscall.CLOSE_RANGE, Argument.number(first), Argument.number(last), Argument.number(flags));
    }

    /** close_range(2) of all descriptors from {@code first} on. */
    public void closeFrom(int first) {
        closeRange(first, LAST_FD, 0);
    }

    /** prctl(2) with one argument. */
    public void prctl(int option, long argument) {
        program.call(Syscall.PRCTL, Argument.number(option), Argument.number(argument), ZERO, ZERO, ZERO);
    }

    /** setns(2). */
    public void setns(Argument namespaceOrPidfd, long flags) {
        program.call(Syscall.SETNS, namespaceOrPidfd, Argument.number(flags));
    }

    /** A string in the program. */
    public Argument.Data string(String value) {
        return program.string(value);
    }

    private static Argument cloexec(int flags) {
        return Argument.number(flags | Fcntl.O_CLOEXEC);
    }

    /** A structure of 8-byte words. */
    private static byte[] words(int bytes, long... values) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            buffer.putLong(value);
        }
        return buffer.array();
    }
}
