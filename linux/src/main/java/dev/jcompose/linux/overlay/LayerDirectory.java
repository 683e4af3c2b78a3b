package dev.jcompose.linux.overlay;

import static dev.jcompose.linux.Fcntl.AT_SYMLINK_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_DIRECTORY;
import static dev.jcompose.linux.Fcntl.O_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_RDONLY;

import dev.jcompose.linux.DirectoryEntry;
import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One directory of a {@link LayerStack}: the directories of its name in all layers that take part, merged. */
public final class LayerDirectory implements AutoCloseable {
    private static final int ONE_STEP =
            Fcntl.RESOLVE_BENEATH | Fcntl.RESOLVE_NO_SYMLINKS | Fcntl.RESOLVE_NO_XDEV | Fcntl.RESOLVE_NO_MAGICLINKS;

    private final Linux linux;
    private final List<Fd> topFirst;

    LayerDirectory(Linux linux, List<Fd> topFirst) {
        this.linux = linux;
        this.topFirst = List.copyOf(topFirst);
    }

    /** The directory in the topmost layer that has it: the one whose owner, mode and times are seen. */
    public Fd top() {
        return topFirst.get(0);
    }

    /** What is seen under {@code name}, a single part of a path; empty if nothing is. */
    public Optional<LayerEntry> find(String name) throws ErrnoException {
        for (Fd layer : topFirst) {
            Optional<Stat> stat = stat(layer, name);
            if (stat.isPresent()) {
                return Whiteout.is(stat.get())
                        ? Optional.empty()
                        : Optional.of(new LayerEntry(name, layer, stat.get()));
            }
        }
        return Optional.empty();
    }

    /** All that is seen, each name once. */
    public List<LayerEntry> list() throws ErrnoException {
        Set<String> names = new LinkedHashSet<>();
        for (Fd layer : topFirst) {
            // A listing moves the offset of the open file, which duplicates of this descriptor share.
            try (Fd again = linux.files().openat(layer, ".", O_RDONLY | O_DIRECTORY, 0)) {
                for (DirectoryEntry entry : linux.trees().list(again)) {
                    names.add(entry.name());
                }
            }
        }
        List<LayerEntry> entries = new ArrayList<>();
        for (String name : names) {
            find(name).ifPresent(entries::add);
        }
        return entries;
    }

    /** The directory of this name, empty if no directory is seen under it; close it. */
    public Optional<LayerDirectory> enter(String name) throws ErrnoException {
        List<Fd> merged = new ArrayList<>();
        try {
            for (Fd layer : topFirst) {
                Optional<Stat> stat = stat(layer, name);
                if (stat.isEmpty()) {
                    continue;
                }
                if (!stat.get().isType(Fcntl.S_IFDIR)) {
                    break;
                }
                Optional<Fd> directory = open(layer, name);
                directory.ifPresent(merged::add);
                if (directory.isPresent() && Whiteout.isOpaque(linux, directory.get())) {
                    break;
                }
            }
        } catch (ErrnoException e) {
            merged.forEach(Fd::close);
            throw e;
        }
        return merged.isEmpty() ? Optional.empty() : Optional.of(new LayerDirectory(linux, merged));
    }

    LayerDirectory duplicate() throws ErrnoException {
        List<Fd> copies = new ArrayList<>();
        for (Fd layer : topFirst) {
            copies.add(linux.files().duplicate(layer, 0));
        }
        return new LayerDirectory(linux, copies);
    }

    @Override
    public void close() {
        topFirst.forEach(Fd::close);
    }

    private Optional<Stat> stat(Fd layer, String name) throws ErrnoException {
        try {
            return Optional.of(linux.files().statx(layer, name, AT_SYMLINK_NOFOLLOW | Fcntl.AT_NO_AUTOMOUNT));
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<Fd> open(Fd layer, String name) throws ErrnoException {
        try {
            return Optional.of(linux.files().openat2(layer, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, ONE_STEP));
        } catch (ErrnoException e) {
            // Another file system is mounted there, which overlayfs does not show either.
            if (e.is(Errno.EXDEV)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
