package dev.jcompose.linux.overlay;

import static dev.jcompose.linux.Fcntl.O_DIRECTORY;
import static dev.jcompose.linux.Fcntl.O_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_RDONLY;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The layers of an image seen as one tree, as overlayfs shows them, without mounting anything: upper layers hide lower
 * ones, whiteouts and opaque directories are honoured, and other file systems mounted below a layer are not seen.
 * Symbolic links are resolved inside the tree: nothing outside can be reached. Not thread-safe.
 */
public final class LayerStack implements AutoCloseable {
    /** As many links as the kernel follows in one path. */
    private static final int MAX_SYMLINKS = 40;

    private static final int ONE_STEP =
            Fcntl.RESOLVE_BENEATH | Fcntl.RESOLVE_NO_SYMLINKS | Fcntl.RESOLVE_NO_XDEV | Fcntl.RESOLVE_NO_MAGICLINKS;

    private final Linux linux;
    private final LayerDirectory root;

    /**
     * Opens the layers.
     *
     * @param bottomFirst at least one directory
     */
    public LayerStack(Linux linux, List<Path> bottomFirst) throws ErrnoException {
        this.linux = linux;
        List<Fd> roots = new ArrayList<>();
        try {
            List<Path> topFirst = new ArrayList<>(bottomFirst);
            Collections.reverse(topFirst);
            for (Path layer : topFirst) {
                roots.add(linux.files().openat(null, layer.toString(), O_RDONLY | O_DIRECTORY, 0));
            }
        } catch (ErrnoException e) {
            roots.forEach(Fd::close);
            throw e;
        }
        root = new LayerDirectory(linux, roots);
    }

    /** The directory that all paths begin at. Closed with this. */
    public LayerDirectory root() {
        return root;
    }

    /**
     * The directory at {@code path}, through symbolic links inside the tree; {@code ..} at the top stays there. Close
     * it.
     *
     * @return empty if nothing is there, or something else
     * @throws ErrnoException {@code ELOOP} after 40 symbolic links
     */
    public Optional<LayerDirectory> directory(String path) throws ErrnoException {
        return resolve(path, true).map(found -> (LayerDirectory) found);
    }

    /**
     * The file at {@code path}, opened for reading through symbolic links inside the tree. Close it.
     *
     * @return empty if nothing is there, or something that is not a regular file
     */
    public Optional<Fd> file(String path) throws ErrnoException {
        return resolve(path, false).map(found -> (Fd) found);
    }

    private Optional<AutoCloseable> resolve(String path, boolean wantDirectory) throws ErrnoException {
        Deque<LayerDirectory> walked = new ArrayDeque<>();
        walked.push(root.duplicate());
        Deque<String> todo = new ArrayDeque<>(parts(path));
        int links = 0;
        try {
            while (!todo.isEmpty()) {
                String part = todo.pop();
                if (part.equals("..")) {
                    if (walked.size() > 1) {
                        walked.pop().close();
                    }
                    continue;
                }
                Optional<LayerEntry> entry = walked.getFirst().find(part);
                if (entry.isEmpty()) {
                    return Optional.empty();
                }
                LayerEntry found = entry.get();
                if (found.stat().isType(Fcntl.S_IFDIR)) {
                    Optional<LayerDirectory> entered = walked.getFirst().enter(part);
                    if (entered.isEmpty()) {
                        return Optional.empty();
                    }
                    walked.push(entered.get());
                } else if (found.stat().isType(Fcntl.S_IFLNK)) {
                    if (++links > MAX_SYMLINKS) {
                        throw new ErrnoException("resolve(" + path + ")", Errno.ELOOP.number());
                    }
                    String target = linux.files().readlinkat(found.layer(), part);
                    if (target.startsWith("/")) {
                        while (walked.size() > 1) {
                            walked.pop().close();
                        }
                    }
                    List<String> parts = parts(target);
                    Collections.reverse(parts);
                    parts.forEach(todo::push);
                } else {
                    return todo.isEmpty() && !wantDirectory && found.stat().isType(Fcntl.S_IFREG)
                            ? Optional.of(
                                    linux.files().openat2(found.layer(), part, O_RDONLY | O_NOFOLLOW, 0, ONE_STEP))
                            : Optional.empty();
                }
            }
            return wantDirectory ? Optional.of(walked.pop()) : Optional.empty();
        } finally {
            walked.forEach(LayerDirectory::close);
        }
    }

    @Override
    public void close() {
        root.close();
    }

    private static List<String> parts(String path) {
        List<String> parts = new ArrayList<>(Arrays.asList(path.split("/")));
        parts.removeIf(part -> part.isEmpty() || part.equals("."));
        return parts;
    }
}
