package dev.jcompose.engine.watch;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.InotifyCalls;
import dev.jcompose.linux.InotifyCalls.InotifyEvent;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directories below some roots, each with a watch of its own, because inotify(7) does not look into subdirectories.
 * What it knows of every file lets it say what has changed when the kernel's queue was full.
 *
 * <p>The directory above each root is watched too, so that a root may be a file, may be removed and come back, or may
 * not be there yet. Not thread-safe.
 */
final class WatchedTree {
    private static final int EVENTS = InotifyCalls.IN_CREATE
            | InotifyCalls.IN_MODIFY
            | InotifyCalls.IN_CLOSE_WRITE
            | InotifyCalls.IN_ATTRIB
            | InotifyCalls.IN_DELETE
            | InotifyCalls.IN_MOVED_FROM
            | InotifyCalls.IN_MOVED_TO
            | InotifyCalls.IN_ONLYDIR
            | InotifyCalls.IN_EXCL_UNLINK;

    private final Linux linux;
    private final Fd inotify;
    private final List<Path> roots;
    private final Predicate<Path> skipped;
    private final Consumer<Path> changed;
    private final Map<Integer, Path> directories = new HashMap<>();
    private final NavigableMap<String, Integer> watches = new TreeMap<>();
    private NavigableMap<String, Stamp> known = new TreeMap<>();

    /**
     * Watches nothing yet.
     *
     * @param roots absolute, without symbolic links
     * @param skipped directories into which nobody needs to look
     * @param changed is given each path that was made, changed or removed; of a removed directory only that one
     */
    WatchedTree(Linux linux, Fd inotify, Collection<Path> roots, Predicate<Path> skipped, Consumer<Path> changed) {
        this.linux = linux;
        this.inotify = inotify;
        this.roots = List.copyOf(roots);
        this.skipped = skipped;
        this.changed = changed;
    }

    /** Begins; what is there now is not reported. */
    void begin() throws IOException {
        for (Path root : roots) {
            approach(root, null);
        }
    }

    /** Watches a root and, to see it come and go, the nearest directory above it. */
    private void approach(Path root, @Nullable Map<String, Stamp> before) throws IOException {
        Path parent = root.getParent();
        Path above = parent;
        while (above != null) {
            if (watch(above)) {
                if (above.equals(parent) || !Files.isDirectory(above.resolve(root.getName(above.getNameCount())))) {
                    break;
                }
                // The next directory has appeared meanwhile.
                above = parent;
            } else {
                above = above.getParent();
            }
        }
        include(root, before, before != null);
    }

    /** Whether the directory is there, and watched now. */
    private boolean watch(Path directory) throws ErrnoException {
        int watch;
        try {
            watch = linux.inotify().addWatch(inotify, directory.toString(), EVENTS);
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
                return false;
            }
            throw e;
        }
        Path other = directories.put(watch, directory);
        if (other != null && !other.equals(directory)) {
            watches.remove(other.toString(), watch);
        }
        watches.put(directory.toString(), watch);
        return true;
    }

    /**
     * Watches what is there, with everything in it.
     *
     * @param before what was known; null for what is known now
     * @param report whether to report what differs from that
     */
    private void include(Path path, @Nullable Map<String, Stamp> before, boolean report) throws IOException {
        Optional<Stamp> now = Stamp.of(path);
        if (now.isEmpty()) {
            return;
        }
        Stamp last = known.put(path.toString(), now.get());
        Stamp old = before == null ? last : before.get(path.toString());
        if (report && !now.get().equals(old)) {
            changed.accept(path);
        }
        if (now.get().directory() && !skipped.test(path) && watch(path)) {
            for (Path child : children(path)) {
                include(child, before, report);
            }
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.toList();
        } catch (NoSuchFileException | NotDirectoryException gone) {
            return List.of();
        }
    }

    /** Forgets what is gone, with everything in it. */
    private void exclude(Path path) throws ErrnoException {
        known.remove(path.toString());
        below(known, path).clear();
        Integer own = watches.remove(path.toString());
        if (own != null) {
            unwatch(own);
        }
        Map<String, Integer> inside = below(watches, path);
        for (int watch : inside.values()) {
            unwatch(watch);
        }
        inside.clear();
    }

    private static <V> Map<String, V> below(NavigableMap<String, V> paths, Path directory) {
        // '0' is the character after '/'.
        return paths.subMap(directory + "/", true, directory + "0", false);
    }

    private void unwatch(int watch) throws ErrnoException {
        directories.remove(watch);
        try {
            linux.inotify().removeWatch(inotify, watch);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EINVAL)) {
                throw e; // EINVAL: the directory is gone, and its watch with it
            }
        }
    }

    /** Takes in what has happened. */
    void on(InotifyEvent event) throws IOException {
        if (event.is(InotifyCalls.IN_Q_OVERFLOW)) {
            rescan();
            return;
        }
        if (event.is(InotifyCalls.IN_IGNORED)) {
            Path gone = directories.remove(event.watch());
            if (gone != null && watches.remove(gone.toString(), event.watch())) {
                approachAgain(gone);
            }
            return;
        }
        Path directory = directories.get(event.watch());
        if (directory == null || event.name().isEmpty()) {
            return;
        }
        Path path = directory.resolve(event.name());
        boolean leaves = event.is(InotifyCalls.IN_DELETE | InotifyCalls.IN_MOVED_FROM);
        if (roots.stream().anyMatch(path::startsWith)) {
            if (leaves || event.is(InotifyCalls.IN_MOVED_TO)) {
                exclude(path);
            }
            changed.accept(path);
            include(path, null, event.is(InotifyCalls.IN_CREATE | InotifyCalls.IN_MOVED_TO));
        } else if (event.is(InotifyCalls.IN_ISDIR)) {
            if (leaves) {
                roots.stream().filter(root -> root.startsWith(path)).forEach(changed);
                exclude(path);
            }
            approachAgain(path);
        }
    }

    /** A directory above a root has come or gone. */
    private void approachAgain(Path directory) throws IOException {
        for (Path root : roots) {
            if (root.startsWith(directory)) {
                approach(root, Map.copyOf(known));
            }
        }
    }

    /** Events were lost: compares everything with what was known. */
    private void rescan() throws IOException {
        NavigableMap<String, Stamp> before = known;
        known = new TreeMap<>();
        for (Path root : roots) {
            approach(root, before);
        }
        for (String path : before.keySet()) {
            if (!known.containsKey(path)) {
                Path gone = Path.of(path);
                Path parent = gone.getParent();
                if (parent == null || !before.containsKey(parent.toString()) || known.containsKey(parent.toString())) {
                    changed.accept(gone);
                }
                exclude(gone);
            }
        }
    }
}
