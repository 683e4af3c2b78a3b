package dev.jcompose.linux;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Mounts, in the mount namespace of the calling thread. All need {@code CAP_SYS_ADMIN} there. */
public final class MountCalls extends Calls {

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
