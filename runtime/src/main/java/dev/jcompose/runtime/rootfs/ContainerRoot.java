package dev.jcompose.runtime.rootfs;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import java.nio.file.Path;

/**
 * The container's root directory while it is being built, open as a descriptor. All ways into it lead through here: a
 * symbolic link in the image or in a volume cannot lead out of the root, and magic links of {@code /proc} are refused.
 */
public final class ContainerRoot {
    private static final int INSIDE = Fcntl.RESOLVE_IN_ROOT | Fcntl.RESOLVE_NO_MAGICLINKS;
    private static final int DIRECTORY_MODE = 0755;
    private static final int FILE_MODE = 0644;

    private final LaunchCalls calls;
    private final Argument descriptor;

    /** {@code descriptor} is the root, opened with {@code O_PATH}. */
    public ContainerRoot(LaunchCalls calls, Argument descriptor) {
        this.calls = calls;
        this.descriptor = descriptor;
    }

    /** The root itself. */
    public Argument descriptor() {
        return descriptor;
    }

    /** Opens what must be there, with {@code O_PATH}. */
    public Argument.Result open(String path) {
        return calls.openat2(descriptor, relative(path), Fcntl.O_PATH, INSIDE);
    }

    /** Opens a directory that must be there, with {@code O_PATH}. */
    public Argument.Result openDirectory(String path) {
        return calls.openat2(descriptor, relative(path), Fcntl.O_PATH | calls.oDirectory(), INSIDE);
    }

    /**
     * Opens a directory of the root itself that is no symbolic link, makes it if it is missing, and mounts on it are
     * seen: for {@code /proc}, {@code /sys} and {@code /dev} (CVE-2019-19921, CVE-2026-41579).
     */
    public Argument.Result realDirectory(String name) {
        calls.tryMkdirat(descriptor, name, DIRECTORY_MODE);
        return openReal(name);
    }

    /** Opens a directory of the root itself again, after something was mounted on it. */
    public Argument.Result openReal(String name) {
        return calls.openat2(
                descriptor,
                name,
                Fcntl.O_PATH | calls.oDirectory() | calls.oNofollow(),
                INSIDE | Fcntl.RESOLVE_NO_SYMLINKS);
    }

    /** Opens a directory, and makes what is missing on the way component by component (CVE-2024-45310). */
    public Argument directory(String path) {
        Path relative = Path.of(relative(path)).normalize();
        if (relative.toString().isEmpty()) {
            return descriptor;
        }
        Argument parent = descriptor;
        for (int i = 1; i <= relative.getNameCount(); i++) {
            calls.tryMkdirat(parent, relative.getName(i - 1).toString(), DIRECTORY_MODE);
            parent = openDirectory(relative.subpath(0, i).toString());
        }
        return parent;
    }

    /** Opens a file, and makes it and the directories on the way if they are missing. */
    public Argument file(String path) {
        Path relative = Path.of(relative(path)).normalize();
        Path parent = relative.getParent();
        calls.tryMakeFile(
                directory(parent == null ? "" : parent.toString()),
                relative.getFileName().toString(),
                FILE_MODE);
        return open(relative.toString());
    }

    private static String relative(String path) {
        String stripped = path.startsWith("/") ? path.substring(1) : path;
        return stripped.isEmpty() ? "." : stripped;
    }
}
