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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directory that a layer is unpacked into. Opens the directories of entries, and makes those that the tar file has
 * no entry for: with the owner and mode that they have in the layers below, and behind the same symbolic links, so that a
 * layer with {@code lib/x} on top of one with {@code lib -> usr/lib} does not put a directory in place of the link.
 */
final class LayerRoot implements AutoCloseable {
    private static final int MAX_SYMLINKS = 40;
    private static final int INSIDE = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV;
    private static final int DEFAULT_MODE = 0755;

    private final Linux linux;
    private final Fd root;
    private final @Nullable LayerStack below;
    private final int maxPathBytes;
    private final List<DirectoryTime> times = new ArrayList<>();
    private @Nullable String cachedPath;
    private @Nullable Fd cached;

    /** @param below the layers under this one; null if it is the lowest */
    LayerRoot(Linux linux, Path directory, @Nullable LayerStack below, int maxPathBytes) throws ErrnoException {
        this.linux = linux;
        this.below = below;
        this.maxPathBytes = maxPathBytes;
        root = linux.files().openat(null, directory.toString(), O_PATH | O_DIRECTORY | O_NOFOLLOW, 0);
    }

    /** The layer's top. */
    Fd root() {
        return root;
    }

    @Nullable
    LayerStack below() {
        return below;
    }

    /** The directory at a clean path, made if it is not there. Valid until the next call; do not close it. */
    Fd directory(String path) throws ErrnoException, LayerException {
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
                throw new LayerException("path '" + path + "' leaves the layer through a symbolic link", e);
            }
            if (e.is(Errno.ENOTDIR)) {
                throw new LayerException("path '" + path + "' goes through something that is not a directory", e);
            }
            if (e.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw e;
        }
        // A chain of links makes paths that no single name could reach, and that nothing could remove again.
        String real = linux.files().readlinkat(null, directory.procPath().toString());
        if (real.length() > 2 * maxPathBytes) {
            directory.close();
            throw new LayerException("path '" + path + "' is too deep behind symbolic links");
        }
        return Optional.of(directory);
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

    private Fd make(String path) throws ErrnoException, LayerException {
        List<String> todo = new ArrayList<>(Arrays.asList(path.split("/")));
        List<String> done = new ArrayList<>();
        int links = 0;
        while (!todo.isEmpty()) {
            String part = todo.remove(0);
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                if (!done.isEmpty()) {
                    done.remove(done.size() - 1);
                }
                continue;
            }
            done.add(part);
            String here = String.join("/", done);
            Optional<Fd> there = find(here);
            if (there.isPresent()) {
                there.get().close();
                continue;
            }
            Optional<String> link = linkBelow(done);
            if (link.isPresent()) {
                if (++links > MAX_SYMLINKS) {
                    throw new LayerException("path '" + path + "' has too many symbolic links in the layers below");
                }
                if (link.get().startsWith("/")) {
                    done.clear();
                } else {
                    done.remove(done.size() - 1);
                }
                todo.addAll(0, Arrays.asList(link.get().split("/")));
                continue;
            }
            makeOne(done, here);
        }
        String real = String.join("/", done);
        if (real.length() > maxPathBytes) {
            throw new LayerException("path '" + path + "' is too deep behind symbolic links");
        }
        return find(real).orElseThrow(() -> new LayerException("path '" + path + "' cannot be made a directory"));
    }

    private void makeOne(List<String> parts, String path) throws ErrnoException, LayerException {
        String name = parts.get(parts.size() - 1);
        try (Fd parent = find(String.join("/", parts.subList(0, parts.size() - 1)))
                .orElseThrow(() -> new LayerException("parent of '" + path + "' is gone"))) {
            linux.files().mkdirat(parent, name, DEFAULT_MODE);
            try (Fd made = linux.files().openat(parent, name, O_PATH | O_DIRECTORY | O_NOFOLLOW, 0);
                    LayerDirectory like = directoryBelow(parts)) {
                if (like == null) {
                    linux.files().fchmodat(null, made.procPath().toString(), DEFAULT_MODE);
                    return;
                }
                Stat stat = linux.files().statx(like.top(), "", AT_EMPTY_PATH);
                linux.files().fchownat(made, "", stat.uid(), stat.gid(), AT_EMPTY_PATH);
                linux.files().fchmodat(null, made.procPath().toString(), stat.permissions());
                setTimeLater(path, stat.mtimeSeconds(), stat.mtimeNanos());
            }
        }
    }

    /** The target of the symbolic link that the layers below have at exactly this path, if they do. */
    private Optional<String> linkBelow(List<String> parts) throws ErrnoException {
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

    private @Nullable LayerDirectory directoryBelow(List<String> parts) throws ErrnoException {
        return below == null ? null : below.directory(String.join("/", parts)).orElse(null);
    }

    @Override
    public void close() {
        forget();
        root.close();
    }

    private record DirectoryTime(String path, long seconds, int nanos) {}
}
