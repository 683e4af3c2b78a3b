package dev.jcompose.images.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes the tar file of a layer, entry by entry, names as given. */
public final class LayerTar {
    /** Modification time of all entries. */
    public static final Instant MTIME = Instant.parse("2020-02-02T02:02:02Z");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

    /** An empty layer. */
    public LayerTar() {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    /** A directory with mode 0755 of root. */
    public LayerTar directory(String name) {
        return entry(name.endsWith("/") ? name : name + "/", TarConstants.LF_DIR, "", entry -> entry.setMode(0755));
    }

    /** A file with mode 0644 of root. */
    public LayerTar file(String name, String content) {
        return entry(name, TarConstants.LF_NORMAL, content, entry -> entry.setMode(0644));
    }

    /** A symbolic link. */
    public LayerTar symlink(String name, String target) {
        return entry(name, TarConstants.LF_SYMLINK, "", entry -> entry.setLinkName(target));
    }

    /** A hard link to an earlier entry. */
    public LayerTar hardlink(String name, String target) {
        return entry(name, TarConstants.LF_LINK, "", entry -> entry.setLinkName(target));
    }

    /** A file with mode 0644 of root. */
    public LayerTar bytes(String name, byte[] content) {
        return entry(name, TarConstants.LF_NORMAL, content, entry -> entry.setMode(0644));
    }

    /** A program with mode 0755 of root. */
    public LayerTar program(String name, byte[] content) {
        return entry(name, TarConstants.LF_NORMAL, content, entry -> entry.setMode(0755));
    }

    /** Any entry; {@code change} may set everything but the size. */
    public LayerTar entry(String name, byte type, String content, Consumer<TarArchiveEntry> change) {
        return entry(name, type, content.getBytes(UTF_8), change);
    }

    private LayerTar entry(String name, byte type, byte[] data, Consumer<TarArchiveEntry> change) {
        try {
            TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
            entry.setSize(data.length);
            entry.setModTime(FileTime.from(MTIME));
            change.accept(entry);
            tar.putArchiveEntry(entry);
            tar.write(data);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file with an extended attribute, in raw bytes as {@code docker save} has it. */
    public LayerTar fileWithXattr(String name, String content, String xattr, byte[] value) {
        try {
            // TarArchiveOutputStream writes PAX values as UTF-8 text; attributes are binary.
            byte[] key = (" SCHILY.xattr." + xattr + "=").getBytes(UTF_8);
            int length = key.length + value.length + 1;
            int digits = Integer.toString(length).length();
            length += Integer.toString(length + digits).length();
            ByteArrayOutputStream pax = new ByteArrayOutputStream();
            pax.write(Integer.toString(length).getBytes(UTF_8));
            pax.write(key);
            pax.write(value);
            pax.write('\n');
            TarArchiveEntry header = new TarArchiveEntry("PaxHeaders/" + name, TarConstants.LF_PAX_EXTENDED_HEADER_LC);
            header.setSize(pax.size());
            tar.putArchiveEntry(header);
            tar.write(pax.toByteArray());
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file(name, content);
    }

    /** All of a directory: directories, files and symbolic links with their permissions, owned by root. */
    public LayerTar tree(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted().toList()) {
                String name = root.relativize(path).toString();
                if (name.isEmpty()) {
                    continue;
                }
                if (Files.isSymbolicLink(path)) {
                    symlink(name, Files.readSymbolicLink(path).toString());
                } else {
                    boolean directory = Files.isDirectory(path);
                    TarArchiveEntry entry = new TarArchiveEntry(directory ? name + "/" : name);
                    entry.setMode(mode(path));
                    entry.setSize(directory ? 0 : Files.size(path));
                    tar.putArchiveEntry(entry);
                    if (!directory) {
                        Files.copy(path, tar);
                    }
                    tar.closeArchiveEntry();
                }
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The finished tar file. */
    public byte[] bytes() {
        try {
            tar.finish();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The finished tar file, compressed. */
    public byte[] gzip() {
        return gzip(bytes());
    }

    /** Any bytes, compressed. */
    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static int mode(Path path) throws IOException {
        int mode = 0;
        List<PosixFilePermission> bits = List.of(PosixFilePermission.values());
        for (PosixFilePermission bit : Files.getPosixFilePermissions(path)) {
            mode |= 0400 >> bits.indexOf(bit);
        }
        return mode;
    }
}
