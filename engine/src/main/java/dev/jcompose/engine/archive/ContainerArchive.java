package dev.jcompose.engine.archive;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.api.PathStat;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;
import dev.jcompose.linux.overlay.TreeRemoval;
import dev.jcompose.runtime.user.ResolvedUser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done with the files below one container's root. */
public final class ContainerArchive {
    private static final int NAME_START = 1;

    private final Linux linux;
    private final Fd root;
    private final RootPaths paths;

    /** {@code root} is opened with {@code O_PATH}, and stays the caller's. */
    public ContainerArchive(Linux linux, Fd root) {
        this.linux = linux;
        this.root = root;
        this.paths = new RootPaths(linux.files(), root);
    }

    /**
     * What is at a path. A symbolic link at the end is not followed, unless a slash or {@code /.} comes after it.
     *
     * @throws EngineException of kind {@code NOT_FOUND} when nothing is there
     */
    public PathStat stat(String path) throws IOException {
        try (Fd file = open(path)) {
            Stat stat = linux.files().statx(file, "", Fcntl.AT_EMPTY_PATH);
            String link = stat.isType(Fcntl.S_IFLNK) ? linux.files().readlinkat(file, "") : "";
            return new PathStat(
                    name(path),
                    stat.sizeBytes(),
                    stat.mode(),
                    Instant.ofEpochSecond(stat.mtimeSeconds(), stat.mtimeNanos()),
                    link);
        }
    }

    private Fd open(String path) throws IOException {
        return isDirectoryWanted(path) ? paths.directory(path) : paths.open(path, false);
    }

    private static boolean isDirectoryWanted(String path) {
        return path.endsWith("/") || path.endsWith("/.") || path.equals(".");
    }

    private static String name(String path) {
        String relative = RootPaths.relative(path);
        return relative.equals(".") ? "/" : relative.substring(relative.lastIndexOf('/') + NAME_START);
    }

    /** Writes what is at a path as a tar stream; with {@code /.} at its end what is in the directory, under no name. */
    public void read(String path, OutputStream tar) throws IOException {
        boolean contentOnly = path.endsWith("/.")
                || path.equals(".")
                || RootPaths.relative(path).equals(".");
        try (Fd file = open(path);
                TreeArchive archive = new TreeArchive(linux, tar, false)) {
            archive.add(file, contentOnly ? "" : name(path));
        }
    }

    /** Removes what is at these paths, links as such; what is not there is fine. */
    public void erase(List<String> all) throws IOException {
        TreeRemoval removal = new TreeRemoval(linux);
        for (String path : all) {
            String relative = RootPaths.relative(path);
            int slash = relative.lastIndexOf('/');
            String last = relative.substring(slash + NAME_START);
            if (last.equals(".") || last.equals("..")) {
                throw new EngineException(Kind.INVALID, "\"" + path + "\" is not a file or directory to remove");
            }
            try (Fd parent = paths.directory(slash < 0 ? "." : relative.substring(0, slash))) {
                removal.remove(parent, last);
            } catch (EngineException e) {
                if (e.kind() != Kind.NOT_FOUND && e.kind() != Kind.INVALID) {
                    throw e; // INVALID: a file is where the directory was
                }
            }
        }
    }

    /** Writes the whole root as a tar stream, without what is mounted there. */
    public void export(OutputStream tar) throws IOException {
        try (TreeArchive archive = new TreeArchive(linux, tar, true)) {
            archive.add(root, "");
        }
    }

    /**
     * Unpacks a tar stream into a directory.
     *
     * @param noOverwriteDirNonDir refuse to put a directory in the place of something else, or the reverse
     * @param owner to whom everything is to belong; null for whom the archive says
     * @throws EngineException when the directory is not there, or is none
     */
    public void write(String path, InputStream tar, boolean noOverwriteDirNonDir, @Nullable ResolvedUser owner)
            throws IOException {
        try (Fd directory = paths.directory(path)) {
            if (!linux.files().statx(directory, "", Fcntl.AT_EMPTY_PATH).isType(Fcntl.S_IFDIR)) {
                throw new EngineException(Kind.INVALID, "extraction point " + path + " is not a directory");
            }
        }
        TreeExtraction.Owner all = owner == null ? null : new TreeExtraction.Owner(owner.uid(), owner.gid());
        new TreeExtraction(linux, paths, path, new TreeExtraction.Options(noOverwriteDirNonDir, all)).extract(tar);
    }
}
