package dev.jcompose.runtime.user;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.FileCalls;
import dev.jcompose.linux.Stat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file as an overlay of directories would show it, without mounting one: an upper layer hides what is below,
 * whiteouts and opaque directories hide it for good. Walks name by name without ever following a link in the kernel; a
 * link's target is walked in the same way, so it stays inside the layers.
 */
public final class LayeredFiles {
    private static final int MAX_LINKS = 40;
    private static final String OPAQUE = "trusted.overlay.opaque";

    private final FileCalls files;
    private final List<Path> layersTopFirst;

    /** The layers of one container; nothing is opened yet. */
    public LayeredFiles(FileCalls files, List<Path> layersTopFirst) {
        this.files = files;
        this.layersTopFirst = List.copyOf(layersTopFirst);
    }

    /** The text of the file at an absolute path; empty when there is none. */
    public Optional<String> read(String path) throws IOException {
        try (Walk walk = new Walk()) {
            return walk.read(path);
        }
    }

    /** One look-up, with the descriptors that it opened. */
    private final class Walk implements AutoCloseable {
        private final List<Fd> opened = new ArrayList<>();
        private int links;

        Optional<String> read(String path) throws IOException {
            Deque<String> names = split(path);
            List<Fd> directories = roots();
            Deque<String> walked = new ArrayDeque<>();
            while (true) {
                String name = names.removeFirst();
                Optional<String> link = link(directories, name);
                if (link.isPresent()) {
                    if (++links > MAX_LINKS) {
                        throw new IOException(path + " in the image: too many levels of symbolic links");
                    }
                    Deque<String> target = split(link.get());
                    if (!link.get().startsWith("/")) {
                        prepend(target, walked);
                    }
                    target.addAll(names);
                    names = normalize(target);
                    walked.clear();
                    directories = roots();
                    if (names.isEmpty()) {
                        return Optional.empty();
                    }
                } else if (names.isEmpty()) {
                    return file(directories, name);
                } else {
                    directories = merged(directories, name);
                    walked.addLast(name);
                }
            }
        }

        private List<Fd> roots() throws ErrnoException {
            List<Fd> roots = new ArrayList<>();
            for (Path layer : layersTopFirst) {
                open(null, layer.toString(), Fcntl.O_PATH | Fcntl.O_DIRECTORY).ifPresent(roots::add);
            }
            return roots;
        }

        /** The target of {@code name} if that is a symbolic link. */
        private Optional<String> link(List<Fd> directories, String name) throws ErrnoException {
            for (Fd directory : directories) {
                Optional<Fd> found = open(directory, name, Fcntl.O_PATH | Fcntl.O_NOFOLLOW);
                if (found.isPresent()) {
                    return stat(found.get()).isType(Fcntl.S_IFLNK)
                            ? Optional.of(files.readlinkat(found.get(), ""))
                            : Optional.empty();
                }
            }
            return Optional.empty();
        }

        /** The directories that together are {@code name}, the top one first. */
        private List<Fd> merged(List<Fd> directories, String name) throws ErrnoException {
            List<Fd> merged = new ArrayList<>();
            for (Fd directory : directories) {
                Optional<Fd> found = open(directory, name, Fcntl.O_PATH | Fcntl.O_NOFOLLOW);
                if (found.isEmpty()) {
                    continue;
                }
                if (!stat(found.get()).isType(Fcntl.S_IFDIR)) {
                    break;
                }
                merged.add(found.get());
                if (isOpaque(found.get())) {
                    break;
                }
            }
            return merged;
        }

        private Optional<String> file(List<Fd> directories, String name) throws IOException {
            for (Fd directory : directories) {
                Optional<Fd> found = open(directory, name, Fcntl.O_PATH | Fcntl.O_NOFOLLOW);
                if (found.isPresent()) {
                    // A whiteout is a character device: the layers below do not count.
                    Optional<Fd> readable = stat(found.get()).isType(Fcntl.S_IFREG)
                            ? open(directory, name, SmallFile.FLAGS | Fcntl.O_NOFOLLOW)
                            : Optional.empty();
                    return readable.isEmpty()
                            ? Optional.empty()
                            : Optional.of(SmallFile.read(files, readable.get(), name));
                }
            }
            return Optional.empty();
        }

        private boolean isOpaque(Fd directory) throws ErrnoException {
            try {
                // The dot makes the kernel look at what the descriptor's magic link leads to.
                byte[] value = files.lgetxattr(directory.procPath() + "/.", OPAQUE);
                return value.length == 1 && value[0] == 'y';
            } catch (ErrnoException e) {
                if (e.is(Errno.ENODATA) || e.is(Errno.EOPNOTSUPP)) {
                    return false;
                }
                throw e;
            }
        }

        private Optional<Fd> open(@Nullable Fd directory, String name, int flags) throws ErrnoException {
            try {
                Fd fd = files.openat(directory, name, flags, 0);
                opened.add(fd);
                return Optional.of(fd);
            } catch (ErrnoException e) {
                if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
                    return Optional.empty();
                }
                throw e;
            }
        }

        private Stat stat(Fd fd) throws ErrnoException {
            return files.statx(fd, "", Fcntl.AT_EMPTY_PATH);
        }

        @Override
        public void close() {
            opened.forEach(Fd::close);
        }
    }

    private static Deque<String> split(String path) {
        return normalize(new ArrayDeque<>(Arrays.asList(path.split("/", -1))));
    }

    private static void prepend(Deque<String> names, Deque<String> before) {
        before.descendingIterator().forEachRemaining(names::addFirst);
    }

    /** Without empty names and dots; {@code ..} at the root stays there. */
    private static Deque<String> normalize(Deque<String> names) {
        Deque<String> normal = new ArrayDeque<>();
        for (String name : names) {
            if (name.equals("..")) {
                normal.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                normal.addLast(name);
            }
        }
        return normal;
    }
}
