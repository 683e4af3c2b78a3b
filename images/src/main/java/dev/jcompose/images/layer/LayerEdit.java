package dev.jcompose.images.layer;

import static dev.jcompose.linux.Fcntl.O_NOFOLLOW;
import static dev.jcompose.linux.Fcntl.O_RDONLY;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Stat;
import dev.jcompose.linux.overlay.LayerEntry;
import dev.jcompose.linux.overlay.LayerStack;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Changes an image's file tree without mounting it: what is made goes to the directory of a new layer, and what is
 * already there is seen in the layers below. Symbolic links on the way are followed inside the tree only. Paths are
 * relative to its top. Not thread-safe; needs root.
 */
public final class LayerEdit implements AutoCloseable {
    private static final String WHITEOUT_PREFIX = ".wh.";
    private static final UnpackLimits LIMITS = UnpackLimits.DEFAULT;

    private final Linux linux;
    private final LowerStack below;
    private final LayerRoot root;
    private final LayerStack view;
    private final EntryWriter writer;

    /**
     * Begins.
     *
     * @param upper an empty directory
     * @param below bottom first; may be empty
     */
    public LayerEdit(Linux linux, Path upper, List<Path> below) throws IOException {
        this.linux = linux;
        this.below = new LowerStack(linux, () -> below);
        root = new LayerRoot(linux, upper, this.below, LIMITS.maxPathBytes());
        List<Path> all = new ArrayList<>(below);
        all.add(upper);
        view = new LayerStack(linux, all);
        writer = new EntryWriter(linux, root, LIMITS, new FreeRoom(upper));
    }

    /** Makes a directory, or gives one that is there these attributes. */
    public void directory(String path, Attributes attributes) throws IOException {
        write(entry(path + "/", TarConstants.LF_DIR), attributes, InputStream.nullInputStream());
    }

    /** Makes the directories of a path that are not there; those that are there stay as they are. */
    public void directories(String path, Attributes attributes) throws IOException {
        String made = "";
        for (String part : path.split("/")) {
            if (part.isEmpty()) {
                continue;
            }
            made = made.isEmpty() ? part : made + "/" + part;
            if (!isDirectory(made)) {
                directory(made, attributes);
            }
        }
    }

    /** Whether there is a directory at this path, also behind symbolic links. */
    public boolean isDirectory(String path) throws IOException {
        var directory = view.directory(path);
        directory.ifPresent(found -> found.close());
        return directory.isPresent();
    }

    /** Whether there is a symbolic link to something that is not there; writing through it makes a directory there. */
    public boolean dangles(String path) throws IOException {
        Optional<Stat> there = stat(path);
        if (there.isEmpty() || !there.get().isType(Fcntl.S_IFLNK) || isDirectory(path)) {
            return false;
        }
        Optional<Fd> file = view.file(path);
        file.ifPresent(Fd::close);
        return file.isEmpty();
    }

    /** Makes a file. */
    public void file(String path, Attributes attributes, byte[] content) throws IOException {
        TarArchiveEntry entry = entry(path, TarConstants.LF_NORMAL);
        entry.setSize(content.length);
        write(entry, attributes, new ByteArrayInputStream(content));
    }

    /** Makes a file of a stream; not closed. */
    public void file(String path, Attributes attributes, InputStream content) throws IOException {
        write(entry(path, TarConstants.LF_NORMAL), attributes, content);
    }

    /** Copies what is no directory; a socket is left out. */
    public void copy(String path, LayerEntry from, Attributes attributes) throws IOException {
        Stat stat = from.stat();
        if (stat.isType(Fcntl.S_IFREG)) {
            try (Fd file = linux.files().openat(from.layer(), from.name(), O_RDONLY | O_NOFOLLOW, 0);
                    InputStream content = new FileContent(linux, file)) {
                file(path, attributes, content);
            }
        } else if (stat.isType(Fcntl.S_IFLNK)) {
            TarArchiveEntry entry = entry(path, TarConstants.LF_SYMLINK);
            entry.setLinkName(linux.files().readlinkat(from.layer(), from.name()));
            write(entry, attributes, InputStream.nullInputStream());
        } else if (!stat.isType(Fcntl.S_IFSOCK)) {
            byte type = stat.isType(Fcntl.S_IFCHR)
                    ? TarConstants.LF_CHR
                    : stat.isType(Fcntl.S_IFBLK) ? TarConstants.LF_BLK : TarConstants.LF_FIFO;
            TarArchiveEntry entry = entry(path, type);
            entry.setDevMajor(stat.rdevMajor());
            entry.setDevMinor(stat.rdevMinor());
            write(entry, attributes, InputStream.nullInputStream());
        }
    }

    /** Makes a hard link to a file that this has made. */
    public void link(String path, String target) throws IOException {
        TarArchiveEntry entry = entry(path, TarConstants.LF_LINK);
        entry.setLinkName(target);
        write(entry, new Attributes(0, 0, 0, 0, 0, Map.of()), InputStream.nullInputStream());
    }

    /**
     * Unpacks an archive.
     *
     * @param tar not compressed; read to its end, not closed
     * @param directory where to
     * @param change what becomes of the attributes in the archive
     */
    public void unpack(InputStream tar, String directory, UnaryOperator<Attributes> change) throws IOException {
        HeaderCapture headers = new HeaderCapture(tar, LIMITS.maxHeaderBytes());
        // Not closed: that would close the caller's stream.
        TarArchiveInputStream in = new TarArchiveInputStream(headers, UTF_8.name());
        String prefix = directory.isEmpty() ? "" : directory + "/";
        while (true) {
            headers.begin();
            TarArchiveEntry entry = in.getNextEntry();
            byte[] raw = headers.end();
            if (entry == null) {
                return;
            }
            LayerPath path = LayerPath.of(entry.getName(), LIMITS.maxPathBytes());
            Attributes attributes = change.apply(Attributes.of(entry, PaxXattrs.parse(raw)));
            if (path.isTop()) {
                continue;
            }
            entry.setName(prefix + path + (entry.isDirectory() ? "/" : ""));
            if (entry.isLink()) {
                entry.setLinkName(prefix + LayerPath.of(entry.getLinkName(), LIMITS.maxPathBytes()));
            }
            write(entry, attributes, in);
        }
    }

    private static TarArchiveEntry entry(String path, byte type) {
        return new TarArchiveEntry(path, type);
    }

    private void write(TarArchiveEntry entry, Attributes attributes, InputStream content) throws IOException {
        LayerPath path = LayerPath.of(entry.getName(), LIMITS.maxPathBytes());
        if (path.name().startsWith(WHITEOUT_PREFIX)) {
            throw new LayerException(
                    "'%s' begins with %s: in a layer, that would hide a file".formatted(path, WHITEOUT_PREFIX));
        }
        writer.write(entry, attributes, content);
    }

    /** What is seen at a path, symbolic links in its directory followed; empty if nothing is. */
    public Optional<Stat> stat(String path) throws IOException {
        LayerPath parts = LayerPath.of(path, LIMITS.maxPathBytes());
        if (parts.isTop()) {
            return Optional.of(linux.files().statx(view.root().top(), "", Fcntl.AT_EMPTY_PATH));
        }
        var directory = view.directory(parts.parent());
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        try (var there = directory.get()) {
            return there.find(parts.name()).map(LayerEntry::stat);
        }
    }

    /** Sets what can only be set when everything is there. To be called once, at the end. */
    public void finish() throws IOException {
        writer.finish();
    }

    @Override
    public void close() {
        view.close();
        root.close();
        below.close();
    }
}
