package dev.jcompose.images.layer;

import static dev.jcompose.linux.Fcntl.AT_EMPTY_PATH;
import static dev.jcompose.linux.Fcntl.O_DIRECTORY;
import static dev.jcompose.linux.Fcntl.O_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_PATH;
import static dev.jcompose.linux.Fcntl.RESOLVE_BENEATH;
import static dev.jcompose.linux.Fcntl.RESOLVE_NO_MAGICLINKS;
import static dev.jcompose.linux.Fcntl.RESOLVE_NO_SYMLINKS;
import static dev.jcompose.linux.Fcntl.RESOLVE_NO_XDEV;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;
import dev.jcompose.linux.overlay.LayerDirectory;
import dev.jcompose.linux.overlay.LayerEntry;
import dev.jcompose.linux.overlay.LayerStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directory that a layer is unpacked into. Opens the directories of entries, and makes those that the tar file has
 * no entry for: with the owner and mode that they have in the layers below, and behind the same symbolic links, so that
 * a layer with {@code lib/x} on top of one with {@code lib -> usr/lib} does not put a directory in place of the link.
 */
final class LayerRoot implements AutoCloseable {
    private static final int MAX_SYMLINKS = 40;
    private static final int INSIDE = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV;
    private static final int DEFAULT_MODE = 0755;

    private final Linux linux;
    private final Fd root;
    private final LowerStack below;
    private final int maxPathBytes;
    private final List<DirectoryTime> times = new ArrayList<>();
    private @Nullable String cachedPath;
    private @Nullable Fd cached;

    /** @param below the layers under this one; not closed */
    LayerRoot(Linux linux, Path directory, LowerStack below, int maxPathBytes) throws ErrnoException {
        this.linux = linux;
        this.below = below;
        this.maxPathBytes = maxPathBytes;
        root = linux.files().openat(null, directory.toString(), O_PATH | O_DIRECTORY | O_NOFOLLOW, 0);
    }

    /** The layer's top. */
    Fd root() {
        return root;
    }

    LowerStack below() {
        return below;
    }

    /** The directory at a clean path, made if it is not there. Valid until the next call; do not close it. */
    Fd directory(String path) throws IOException {
        if (path.isEmpty()) {
            return root;
        }
        if (cached != null && path.equals(cachedPath)) {
            return cached;
        }
        Fd opened = find(path).orElse(null);
        if (opened == null) {
            opened = make(path);
        }
        forget();
        cachedPath = path;
        cached = opened;
        return opened;
    }

    /** The directory at a clean path, empty if nothing is there. Close it. */
    Optional<Fd> find(String path) throws ErrnoException, LayerException {
        try {
            return Optional.of(linux.files()
                    .openat2(root, path.isEmpty() ? "." : path, O_PATH | O_DIRECTORY, 0, INSIDE | RESOLVE_NO_SYMLINKS));
        } catch (ErrnoException e) {
            if (e.is(Errno.ELOOP)) {
                return findThroughLink(path);
            }
            if (e.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            // O_DIRECTORY says so of a symbolic link at the end, too.
            if (e.is(Errno.ENOTDIR)) {
                return findThroughLink(path);
            }
            throw e;
        }
    }

    private Optional<Fd> findThroughLink(String path) throws ErrnoException, LayerException {
        Fd directory;
        try {
            directory = linux.files().openat2(root, path, O_PATH | O_DIRECTORY, 0, INSIDE);
        } catch (ErrnoException e) {
            if (e.is(Errno.EXDEV)) {
                throw new LayerException(
                        "path '" + LayerPath.shown(path) + "' leaves the layer through a symbolic link", e);
            }
            if (e.is(Errno.ENOTDIR)) {
                throw new LayerException(
                        "path '" + LayerPath.shown(path) + "' goes through something that is not a directory", e);
            }
            if (e.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw e;
        }
        // A chain of links makes paths that no single name could reach, and that nothing could remove again.
        try {
            linux.files().readlinkat(null, directory.procPath().toString());
            return Optional.of(directory);
        } catch (ErrnoException e) {
            directory.close();
            if (e.is(Errno.ENAMETOOLONG)) {
                throw new LayerException("path '" + LayerPath.shown(path) + "' is too deep behind symbolic links", e);
            }
            throw e;
        }
    }

    /** Sets a directory's modification time when everything is in it. */
    void setTimeLater(String path, long seconds, int nanos) {
        times.add(new DirectoryTime(path, seconds, nanos));
    }

    /** Drops the open directory; to be called when a directory may have been replaced. */
    void forget() {
        if (cached != null) {
            cached.close();
            cached = null;
        }
    }

    /** Sets the times that were put off. */
    void finish() throws ErrnoException, LayerException {
        for (DirectoryTime time : times) {
            Optional<Fd> directory = find(time.path());
            if (directory.isPresent()) {
                try (Fd fd = directory.get()) {
                    linux.files().utimensat(fd, "", time.seconds(), time.nanos(), AT_EMPTY_PATH);
                }
            }
        }
    }

    private Fd make(String path) throws IOException {
        List<String> todo = new ArrayList<>(Arrays.asList(path.split("/")));
        for (int links = 0; links <= MAX_SYMLINKS; links++) {
            List<String> done = new ArrayList<>();
            Fd current = linux.files().duplicate(root, 0);
            try {
                while (!todo.isEmpty() && current != null) {
                    done.add(todo.remove(0));
                    Fd next = enterOrMake(current, done);
                    current.close();
                    current = next;
                }
                if (current != null) {
                    Fd made = current;
                    current = null;
                    return made;
                }
            } finally {
                if (current != null) {
                    current.close();
                }
            }
            todo.addAll(0, followed(done));
            if (String.join("/", todo).length() > maxPathBytes) {
                throw new LayerException("path '" + LayerPath.shown(path) + "' is too deep behind symbolic links");
            }
        }
        throw new LayerException(
                "path '" + LayerPath.shown(path) + "' has too many symbolic links in the layers below");
    }

    /**
     * The last of {@code parts} in the directory of the others; null if the layers below have a symbolic link there.
     */
    private @Nullable Fd enterOrMake(Fd parent, List<String> parts) throws IOException {
        String name = parts.get(parts.size() - 1);
        try {
            return linux.files().openat2(parent, name, O_PATH | O_DIRECTORY, 0, INSIDE | RESOLVE_NO_SYMLINKS);
        } catch (ErrnoException e) {
            if (e.is(Errno.ELOOP) || e.is(Errno.ENOTDIR)) {
                String path = String.join("/", parts);
                return findThroughLink(path)
                        .orElseThrow(() -> new LayerException(
                                "path '" + LayerPath.shown(path) + "' goes through a dangling symbolic link", e));
            }
            if (!e.is(Errno.ENOENT)) {
                throw e;
            }
        }
        return linkBelow(parts).isPresent() ? null : makeOne(parent, name, parts);
    }

    private Fd makeOne(Fd parent, String name, List<String> parts) throws IOException {
        linux.files().mkdirat(parent, name, DEFAULT_MODE);
        Fd made = linux.files().openat(parent, name, O_PATH | O_DIRECTORY | O_NOFOLLOW, 0);
        try (LayerDirectory like = directoryBelow(parts)) {
            if (like == null) {
                linux.files().fchmodat(null, made.procPath().toString(), DEFAULT_MODE);
            } else {
                Stat stat = linux.files().statx(like.top(), "", AT_EMPTY_PATH);
                linux.files().fchownat(made, "", stat.uid(), stat.gid(), AT_EMPTY_PATH);
                linux.files().fchmodat(null, made.procPath().toString(), stat.permissions());
                setTimeLater(String.join("/", parts), stat.mtimeSeconds(), stat.mtimeNanos());
            }
            return made;
        } catch (IOException e) {
            made.close();
            throw e;
        }
    }

    /** {@code parts} with the link that is last in them followed inside the layer's top, clean. */
    private List<String> followed(List<String> parts) throws IOException {
        String target = linkBelow(parts).orElse("");
        List<String> path = new ArrayList<>(target.startsWith("/") ? List.of() : parts.subList(0, parts.size() - 1));
        for (String part : target.split("/")) {
            if (part.equals("..")) {
                if (!path.isEmpty()) {
                    path.remove(path.size() - 1);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                path.add(part);
            }
        }
        return path;
    }

    /** The target of the symbolic link that the layers below have at exactly this path, if they do. */
    private Optional<String> linkBelow(List<String> parts) throws IOException {
        try (LayerDirectory parent = directoryBelow(parts.subList(0, parts.size() - 1))) {
            if (parent == null) {
                return Optional.empty();
            }
            Optional<LayerEntry> entry = parent.find(parts.get(parts.size() - 1));
            return entry.isPresent() && entry.get().stat().isType(Fcntl.S_IFLNK)
                    ? Optional.of(linux.files()
                            .readlinkat(entry.get().layer(), entry.get().name()))
                    : Optional.empty();
        }
    }

    private @Nullable LayerDirectory directoryBelow(List<String> parts) throws IOException {
        LayerStack stack = below.get();
        return stack == null ? null : stack.directory(String.join("/", parts)).orElse(null);
    }

    @Override
    public void close() {
        forget();
        root.close();
    }

    private record DirectoryTime(String path, long seconds, int nanos) {}
}
