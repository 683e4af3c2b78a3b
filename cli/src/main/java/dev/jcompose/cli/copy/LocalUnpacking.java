package dev.jcompose.cli.copy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks what came out of a container. Nothing in the stream is trusted: no entry reaches a place outside the target,
 * by {@code ..} or through a link that came with it. Files belong to the user who copies.
 */
public final class LocalUnpacking {
    private static final int PERMISSIONS = 07777;

    private final Path target;
    private final boolean contentOnly;
    private final Map<Path, TarArchiveEntry> directories = new LinkedHashMap<>();

    /**
     * Into a place.
     *
     * @param target what the first name of every entry stands for; with {@code contentOnly} a directory for all entries
     */
    public LocalUnpacking(Path target, boolean contentOnly) {
        this.target = target;
        this.contentOnly = contentOnly;
    }

    /** Unpacks everything. */
    public void unpack(InputStream tar) throws IOException {
        TarArchiveInputStream in = new TarArchiveInputStream(tar, "UTF-8");
        for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
            Path place = place(entry.getName());
            requireRealParents(place, entry.getName());
            if (entry.isDirectory()) {
                directory(place, entry);
            } else {
                make(place, entry, in);
            }
        }
        for (Map.Entry<Path, TarArchiveEntry> directory : directories.entrySet()) {
            attributes(directory.getKey(), directory.getValue());
        }
    }

    private Path place(String name) throws IOException {
        Path place = target;
        boolean first = !contentOnly;
        for (String part : name.split("/")) {
            if (part.equals("..")) {
                throw new IOException("refused: entry \"" + name + "\" has .. in its path");
            }
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            place = first ? place : place.resolve(part);
            first = false;
        }
        return place;
    }

    /** A link that came with the stream must not lead what comes after it elsewhere. */
    private void requireRealParents(Path place, String name) throws IOException {
        for (Path parent = place.getParent();
                parent != null && parent.startsWith(target) && !parent.equals(target);
                parent = parent.getParent()) {
            if (Files.isSymbolicLink(parent)) {
                throw new IOException("refused: entry \"" + name + "\" leads through the symbolic link " + parent);
            }
        }
        if (!place.equals(target) && !contentOnly && Files.isSymbolicLink(target)) {
            throw new IOException("refused: entry \"" + name + "\" leads through the symbolic link " + target);
        }
    }

    private void directory(Path place, TarArchiveEntry entry) throws IOException {
        // What holds all entries is the user's own, and may be a link to a directory.
        boolean own = contentOnly && place.equals(target);
        if (!(own ? Files.isDirectory(place) : Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS))) {
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("cannot overwrite non-directory " + place + " with a directory");
            }
            Files.createDirectories(place);
        }
        if (!own) {
            directories.put(place, entry);
        }
    }

    private void make(Path place, TarArchiveEntry entry, InputStream content) throws IOException {
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("cannot overwrite directory " + place + " with a non-directory");
        }
        if (entry.isSymbolicLink()) {
            Files.deleteIfExists(place);
            Files.createSymbolicLink(place, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Path to = place(entry.getLinkName());
            requireRealParents(to, entry.getLinkName());
            Files.deleteIfExists(place);
            Files.createLink(place, to);
        } else if (entry.isFile()) {
            file(place, entry, content);
        } else {
            throw new IOException("cannot copy \"" + entry.getName() + "\": it is a device or a FIFO");
        }
    }

    private static void file(Path place, TarArchiveEntry entry, InputStream content) throws IOException {
        try {
            // Removes a link that is there instead of writing through it.
            Files.copy(content, place, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            throw new IOException("no such directory: " + place.getParent(), e);
        }
        attributes(place, entry);
    }

    private static void attributes(Path place, TarArchiveEntry entry) throws IOException {
        Files.setAttribute(place, "unix:mode", entry.getMode() & PERMISSIONS);
        Files.setLastModifiedTime(place, entry.getLastModifiedTime());
    }
}
