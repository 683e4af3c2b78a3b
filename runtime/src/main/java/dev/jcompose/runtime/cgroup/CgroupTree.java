package dev.jcompose.runtime.cgroup;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A container's cgroup in one hierarchy together with the cgroups that the container itself made below it. */
record CgroupTree(CgroupDirectory top) {
    private static final Integer LINKS_OF_LEAF = 2;
    /** A killed process leaves its cgroup when it is reaped, which its parent does in its own time. */
    private static final Duration REAPING = Duration.ofSeconds(2);

    /** The processes of the whole tree. */
    List<Integer> pids() throws IOException {
        List<Integer> all = new ArrayList<>(top.pids());
        for (CgroupTree child : children()) {
            all.addAll(child.pids());
        }
        return all;
    }

    /** Removes the tree from its leaves up; nothing happens when it is gone. */
    void remove() throws IOException {
        if (!Polling.until(REAPING, this::isRemoved)) {
            throw new CgroupException(
                    "cannot remove cgroup " + top.path() + ": processes " + pids() + " still run in it");
        }
    }

    private boolean isRemoved() throws IOException {
        try {
            top.remove();
            return true;
        } catch (ErrnoException e) {
            if (!e.is(Errno.EBUSY)) {
                throw e;
            }
        }
        for (CgroupTree child : children()) {
            child.isRemoved();
        }
        return false;
    }

    private List<CgroupTree> children() throws IOException {
        List<CgroupTree> found = new ArrayList<>();
        if (isLeaf()) {
            return found;
        }
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(Path.of(top.path()), Files::isDirectory)) {
            for (Path directory : directories) {
                found.add(new CgroupTree(top.child(directory.getFileName().toString())));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return found;
    }

    /** Each subdirectory has a link to its parent; there are too many files to look at each of them. */
    private boolean isLeaf() throws IOException {
        try {
            return Files.getAttribute(Path.of(top.path()), "unix:nlink").equals(LINKS_OF_LEAF);
        } catch (NoSuchFileException e) {
            return true;
        }
    }
}
