package dev.jcompose.images.archive;

import dev.jcompose.images.layer.Compression;
import dev.jcompose.images.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The files of an image archive, written to a directory while the archive is read: what they are for is said by a
 * document that may come last. Names in the archive are only ever keys, never paths on this machine.
 */
public final class ArchiveSpool {
    private static final int COPY_BYTES = 128 * 1024;
    private static final int MAX_ENTRIES = 100_000;
    private static final int MAX_LINKS = 40;
    private static final int SHOWN_NAMES = 5;

    private final Map<String, SpooledFile> files = new LinkedHashMap<>();
    private final Map<String, String> links = new LinkedHashMap<>();
    private final byte[] chunk = new byte[COPY_BYTES];

    private final Path directory;
    private final Consumer<SpooledFile> written;
    private int made;

    private ArchiveSpool(Path directory, Consumer<SpooledFile> written) {
        this.directory = directory;
        this.written = written;
    }

    /**
     * Reads a whole archive.
     *
     * @param archive a tar file, compressed or not; not closed
     * @param directory empty; the caller removes it when the files are no longer needed
     * @param written gets every file as soon as all of it is there
     * @throws ArchiveException if it is not a tar file, or is cut off
     */
    public static ArchiveSpool read(InputStream archive, Path directory, Consumer<SpooledFile> written)
            throws IOException {
        ArchiveSpool spool = new ArchiveSpool(directory, written);
        String last = "";
        try {
            TarArchiveInputStream tar = new TarArchiveInputStream(Compression.decompress(archive), "UTF-8");
            int count = 0;
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                last = entry.getName();
                if (!entry.isCheckSumOK()) {
                    throw new ArchiveException("not a tar archive, or damaged");
                }
                if (++count > MAX_ENTRIES) {
                    throw new ArchiveException("not an image archive: it has more than " + MAX_ENTRIES + " files");
                }
                spool.add(entry, tar, directory.resolve(Integer.toString(count)));
            }
        } catch (ArchiveException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new ArchiveException(
                    "cannot read the archive%s: %s"
                            .formatted(last.isEmpty() ? "" : " at '" + last + "'", e.getMessage()),
                    e);
        }
        if (spool.files.isEmpty()) {
            throw new ArchiveException("not an image archive: it is empty, or not a tar file");
        }
        return spool;
    }

    private void add(TarArchiveEntry entry, InputStream content, Path file) throws IOException {
        String name = normal(entry.getName());
        if (entry.isSymbolicLink()) {
            // As docker save wrote for a layer that comes twice: ../ID/layer.tar
            int slash = name.lastIndexOf('/');
            links.put(name, normal((slash < 0 ? "" : name.substring(0, slash + 1)) + entry.getLinkName()));
        } else if (entry.isLink()) {
            links.put(name, normal(entry.getLinkName()));
        } else if (entry.isFile()) {
            long size = 0;
            try (OutputStream out = Files.newOutputStream(file)) {
                for (int read = content.read(chunk); read > 0; read = content.read(chunk)) {
                    out.write(chunk, 0, read);
                    size += read;
                }
            }
            SpooledFile spooled = new SpooledFile(name, file, size);
            files.put(name, spooled);
            written.accept(spooled);
        }
    }

    /** Puts a document of our own beside the archive's files. */
    SpooledFile write(String name, byte[] document) throws IOException {
        Path file = Files.write(directory.resolve("made-" + made++), document);
        return new SpooledFile(name, file, document.length);
    }

    /** The file of this name in the archive. */
    public Optional<SpooledFile> find(String name) {
        String wanted = normal(name);
        for (int i = 0; i < MAX_LINKS; i++) {
            SpooledFile file = files.get(wanted);
            if (file != null) {
                return Optional.of(file);
            }
            String target = links.get(wanted);
            if (target == null) {
                break;
            }
            wanted = target;
        }
        return Optional.empty();
    }

    /** The file under a digest, as an OCI layout has it. */
    public Optional<SpooledFile> find(Digest digest) {
        return find("blobs/" + digest.algorithm() + "/" + digest.hex());
    }

    /** The first few names, to say what the archive holds instead of what was looked for. */
    public String firstNames() {
        List<String> names = files.keySet().stream().limit(SHOWN_NAMES).toList();
        return names.stream().collect(Collectors.joining("', '", "'", "'"))
                + (files.size() > SHOWN_NAMES ? " and " + (files.size() - SHOWN_NAMES) + " more" : "");
    }

    /** Without {@code .}, {@code ..} and empty parts, so that all spellings of a name are one key. */
    private static String normal(String name) {
        ArrayDeque<String> parts = new ArrayDeque<>();
        for (String part : name.split("/")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }
}
