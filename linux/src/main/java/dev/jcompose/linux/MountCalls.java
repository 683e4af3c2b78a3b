package dev.jcompose.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Mounts, in the mount namespace of the calling thread. All need {@code CAP_SYS_ADMIN} there. */
public final class MountCalls extends Calls {
    private static final int LOG_BYTES = 1024;

    MountCalls(Kernel kernel) {
        super(kernel);
    }

    /** mount(2); {@code flags} are of {@code MS_*}. */
    public void mount(@Nullable String source, String target, @Nullable String type, long flags, @Nullable String data)
            throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            check(
                    () -> source + ", " + target + ", " + type + ", " + hex(flags) + (data == null ? "" : ", " + data),
                    Syscall.MOUNT,
                    source == null ? 0 : scratch.string(source),
                    scratch.string(target),
                    type == null ? 0 : scratch.string(type),
                    flags,
                    data == null ? 0 : scratch.string(data),
                    0);
        }
    }

    /** umount2(2); {@code flags} are of {@link Mount#MNT_DETACH} and {@link Mount#UMOUNT_NOFOLLOW}. */
    public void umount2(String target, int flags) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            check(() -> target + ", " + hex(flags), Syscall.UMOUNT2, scratch.string(target), flags, 0);
        }
    }

    /** open_tree(2), close-on-exec. With {@link Mount#OPEN_TREE_CLONE} a detached copy of the mount at the path. */
    public Fd openTree(@Nullable Fd directory, String path, int flags) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            return fd(check(
                    () -> show(directory, path) + ", " + hex(flags),
                    Syscall.OPEN_TREE,
                    directory(directory),
                    scratch.string(path),
                    flags | Mount.OPEN_TREE_CLOEXEC));
        }
    }

    /** fsopen(2), close-on-exec: begins to configure a file system of this type. */
    public Fd fsopen(String type) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            return fd(check(() -> type, Syscall.FSOPEN, scratch.string(type), Mount.FSOPEN_CLOEXEC, 0));
        }
    }

    /** fsconfig(2) of a string, which has at most 255 bytes. */
    public void fsconfigSetString(Fd context, String key, String value) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            check(
                    () -> context + ", set " + key + " to " + value,
                    Syscall.FSCONFIG,
                    context.number(),
                    Mount.FSCONFIG_SET_STRING,
                    scratch.string(key),
                    scratch.string(value),
                    0,
                    0);
        }
    }

    /** fsconfig(2): makes the file system as it was configured. An exception has what the kernel says about it. */
    public void fsconfigCreate(Fd context) throws ErrnoException {
        long result = kernel().call(Syscall.FSCONFIG, context.number(), Mount.FSCONFIG_CMD_CREATE, 0, 0, 0, 0);
        if (result < 0) {
            throw new ErrnoException("fsconfig(" + context + ", create)", (int) -result, log(context));
        }
    }

    /** The next message of a context, for example {@code e overlay: workdir and upperdir must be separate}. */
    private String log(Fd context) {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer message = scratch.buffer(LOG_BYTES);
            long length = kernel().call(Syscall.READ, context.number(), Scratch.address(message), LOG_BYTES, 0, 0, 0);
            return UTF_8.decode(message.limit((int) Math.max(0, length)))
                    .toString()
                    .strip();
        }
    }

    /** fsmount(2), close-on-exec: a mount of what was made, attached nowhere. It goes with its descriptor. */
    public Fd fsmount(Fd context) throws ErrnoException {
        return fd(check(context::toString, Syscall.FSMOUNT, context.number(), Mount.FSMOUNT_CLOEXEC, 0));
    }

    /**
     * mount_setattr(2) of {@link Mount#MOUNT_ATTR_IDMAP} on a detached mount that was never attached.
     *
     * @param userNamespace whose maps apply
     */
    public void idmap(Fd mount, Fd userNamespace) throws ErrnoException {
        try (Scratch scratch = Scratch.open()) {
            ByteBuffer attributes = scratch.buffer(32);
            attributes.putLong(0, Mount.MOUNT_ATTR_IDMAP).putLong(24, userNamespace.number());
            check(
                    () -> mount + ", set MOUNT_ATTR_IDMAP, " + userNamespace,
                    Syscall.MOUNT_SETATTR,
                    mount.number(),
                    scratch.string(""),
                    Fcntl.AT_EMPTY_PATH,
                    Scratch.address(attributes),
                    32,
                    0);
        }
    }
}
