package dev.jcompose.cli.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes local files as a tar stream, with their owners by number. */
public final class LocalPacking implements AutoCloseable {
    private static final int TYPE = 0xf000;
    private static final int PERMISSIONS = 07777;
    private static final int DIRECTORY = 0x4000;
    private static final int REGULAR = 0x8000;
    private static final int LINK = 0xa000;
    private static final int FIFO = 0x1000;

    private final TarArchiveOutputStream out;

    /** To a stream, which stays the caller's. */
    public LocalPacking(OutputStream out) {
        this.out = new TarArchiveOutputStream(out, "UTF-8");
        this.out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        this.out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        this.out.setAddPaxHeadersForNonAsciiNames(true);
    }

    /**
     * Adds a file, or a directory with everything in it; symbolic links are added as such.
     *
     * @param name in the archive; empty for a directory of which only the content is wanted
     */
    public void add(Path file, String name) throws IOException {
        add(file, name, true);
    }

    /** Adds a file, or a directory without anything in it. */
    public void addAlone(Path file, String name) throws IOException {
        add(file, name, false);
    }

    private void add(Path file, String name, boolean recursive) throws IOException {
        Map<String, Object> attributes =
                Files.readAttributes(file, "unix:mode,uid,gid,size,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
        int mode = (int) Objects.requireNonNull(attributes.get("mode"));
        switch (mode & TYPE) {
            case DIRECTORY -> {
                if (!name.isEmpty()) {
                    put(entry(name + "/", TarConstants.LF_DIR, attributes));
                }
                if (!recursive) {
                    return;
                }
                for (Path child : children(file)) {
                    String own = child.getFileName().toString();
                    add(child, name.isEmpty() ? own : name + "/" + own, true);
                }
            }
            case REGULAR -> {
                TarArchiveEntry entry = entry(name, TarConstants.LF_NORMAL, attributes);
                entry.setSize((long) Objects.requireNonNull(attributes.get("size")));
                out.putArchiveEntry(entry);
                try (InputStream content = Files.newInputStream(file)) {
                    content.transferTo(out);
                }
                out.closeArchiveEntry();
            }
            case LINK -> {
                TarArchiveEntry entry = entry(name, TarConstants.LF_SYMLINK, attributes);
                entry.setLinkName(Files.readSymbolicLink(file).toString());
                put(entry);
            }
            case FIFO -> put(entry(name, TarConstants.LF_FIFO, attributes));
            default -> throw new IOException("cannot copy " + file + ": it is a device or a socket");
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        }
    }

    private static TarArchiveEntry entry(String name, byte type, Map<String, Object> attributes) {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setMode((int) Objects.requireNonNull(attributes.get("mode")) & PERMISSIONS);
        entry.setUserId((int) Objects.requireNonNull(attributes.get("uid")));
        entry.setGroupId((int) Objects.requireNonNull(attributes.get("gid")));
        FileTime time = (FileTime) Objects.requireNonNull(attributes.get("lastModifiedTime"));
        entry.setLastModifiedTime(FileTime.fromMillis(time.toMillis() / 1000 * 1000));
        return entry;
    }

    private void put(TarArchiveEntry entry) throws IOException {
        out.putArchiveEntry(entry);
        out.closeArchiveEntry();
    }

    /** Writes the end of the archive. */
    @Override
    public void close() throws IOException {
        out.finish();
        out.flush();
    }
}
