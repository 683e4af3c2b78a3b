package dev.jcompose.images.layer;

import static dev.jcompose.linux.Fcntl.AT_EMPTY_PATH;
import static dev.jcompose.linux.Fcntl.AT_REMOVEDIR;
import static dev.jcompose.linux.Fcntl.AT_SYMLINK_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_DIRECTORY;
import static dev.jcompose.linux.Fcntl.O_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_RDONLY;
import static dev.jcompose.linux.Fcntl.RESOLVE_BENEATH;
import static dev.jcompose.linux.Fcntl.RESOLVE_NO_SYMLINKS;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;
import dev.jcompose.linux.overlay.LayerDirectory;
import dev.jcompose.linux.overlay.LayerEntry;
import dev.jcompose.linux.overlay.LayerStack;
import dev.jcompose.linux.overlay.Whiteout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The empty files and directories that something was mounted on while a command ran. They are no part of the image
 * unless they were there before, and neither are the directories that were copied up only to hold them.
 */
public final class MountStubs {
    private final Linux linux;
    private final List<Path> layers;
    private final Set<String> missing;

    private MountStubs(Linux linux, List<Path> layers, Set<String> missing) {
        this.linux = linux;
        this.layers = layers;
        this.missing = missing;
    }

    /**
     * Looks what is not there yet.
     *
     * @param layers bottom first; may be empty
     * @param targets absolute paths of mounts
     */
    public static MountStubs before(Linux linux, List<Path> layers, List<String> targets) throws IOException {
        Set<String> missing = new LinkedHashSet<>();
        if (layers.isEmpty()) {
            targets.forEach(target -> missing.addAll(withParents(clean(target))));
            return new MountStubs(linux, layers, missing);
        }
        try (LayerStack stack = new LayerStack(linux, layers)) {
            for (String target : targets) {
                for (String path : withParents(clean(target))) {
                    if (find(stack, path).isEmpty()) {
                        missing.add(path);
                    }
                }
            }
        }
        return new MountStubs(linux, layers, missing);
    }

    private static String clean(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    /** The path and the directories above it, the deepest first. */
    private static List<String> withParents(String path) {
        List<String> all = new ArrayList<>();
        for (String at = path; !at.isEmpty(); at = parent(at)) {
            all.add(at);
        }
        return all;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static Optional<Stat> find(LayerStack stack, String path) throws ErrnoException {
        Optional<LayerDirectory> directory = stack.directory(parent(path));
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        try (LayerDirectory there = directory.get()) {
            return there.find(path.substring(path.lastIndexOf('/') + 1)).map(LayerEntry::stat);
        }
    }

    /** What was not there: paths without a slash at the beginning. */
    public Set<String> missing() {
        return Set.copyOf(missing);
    }

    /** Removes what is empty still, and then the directories that differ in nothing from those below. */
    public void remove(Path upper) throws IOException {
        List<String> deepestFirst = new ArrayList<>(missing);
        deepestFirst.sort((a, b) -> Integer.compare(depth(b), depth(a)));
        try (Fd root = linux.files().openat(null, upper.toString(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0)) {
            Set<String> parents = new LinkedHashSet<>();
            for (String path : deepestFirst) {
                if (removeEmpty(root, path)) {
                    parents.addAll(withParents(parent(path)));
                }
            }
            parents.removeAll(missing);
            List<String> copiedUp = new ArrayList<>(parents);
            copiedUp.sort((a, b) -> Integer.compare(depth(b), depth(a)));
            for (String path : copiedUp) {
                removeCopy(root, path);
            }
        }
    }

    private static int depth(String path) {
        return (int) path.chars().filter(c -> c == '/').count();
    }

    /** Whether it was there and empty. */
    private boolean removeEmpty(Fd root, String path) throws ErrnoException {
        try (Fd parent = directory(root, parent(path))) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            Stat stat = linux.files().statx(parent, name, AT_SYMLINK_NOFOLLOW);
            if (stat.isType(Fcntl.S_IFDIR)) {
                linux.files().unlinkat(parent, name, AT_REMOVEDIR);
                return true;
            }
            if (stat.isType(Fcntl.S_IFREG) && stat.sizeBytes() == 0) {
                linux.files().unlinkat(parent, name, 0);
                return true;
            }
            return false;
        } catch (ErrnoException e) {
            return ignored(e);
        }
    }

    private void removeCopy(Fd root, String path) throws ErrnoException {
        if (layers.isEmpty()) {
            return;
        }
        try (LayerStack stack = new LayerStack(linux, layers);
                Fd parent = directory(root, parent(path));
                Fd own = directory(root, path)) {
            Stat stat = linux.files().statx(own, "", AT_EMPTY_PATH);
            Optional<Stat> old = find(stack, path);
            if (old.isEmpty() || !old.get().isType(Fcntl.S_IFDIR) || Whiteout.isOpaque(linux, own)) {
                return;
            }
            Stat below = old.get();
            if (stat.mode() == below.mode() && stat.uid() == below.uid() && stat.gid() == below.gid()) {
                linux.files().unlinkat(parent, path.substring(path.lastIndexOf('/') + 1), AT_REMOVEDIR);
            }
        } catch (ErrnoException e) {
            ignored(e);
        }
    }

    private Fd directory(Fd root, String path) throws ErrnoException {
        return linux.files()
                .openat2(
                        root,
                        path.isEmpty() ? "." : path,
                        O_RDONLY | O_DIRECTORY,
                        0,
                        RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
    }

    /** What is not there, not empty, or behind a link is none of ours. */
    private static boolean ignored(ErrnoException e) throws ErrnoException {
        if (e.is(Errno.ENOENT) || e.is(Errno.ENOTEMPTY) || e.is(Errno.ENOTDIR) || e.is(Errno.ELOOP)) {
            return false;
        }
        throw e;
    }
}
