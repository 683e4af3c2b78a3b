package dev.jcompose.images.layer;

import dev.jcompose.images.oci.Digest;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.overlay.LayerStack;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks the tar file of a layer into an empty directory, in the form that overlayfs wants: whiteouts as character
 * devices 0:0, opaque directories marked by an attribute. Needs root.
 *
 * <p>Paths are resolved beneath the open directory by the kernel; an entry that would leave it, or exceed the limits,
 * ends the unpacking with an error, and the directory is to be thrown away.
 */
public final class LayerUnpacker {
    private static final int BLOCK_BYTES = 64 * 1024;

    private final Linux linux;
    private final UnpackLimits limits;

    public LayerUnpacker(Linux linux, UnpackLimits limits) {
        this.linux = linux;
        this.limits = limits;
    }

    /**
     * Unpacks everything.
     *
     * @param blob a tar file, compressed or not; not closed
     * @param known the digest of {@code blob} as it is, if the caller has computed it: one that is not compressed is
     *     not hashed a second time
     * @param target an empty directory
     * @param below the directories of the layers under this one, bottom first; empty for the lowest
     * @throws LayerException naming the entry that is wrong
     */
    public UnpackedLayer unpack(InputStream blob, @Nullable Digest known, Path target, List<Path> below)
            throws IOException {
        InputStream buffered = new BufferedInputStream(blob, BLOCK_BYTES);
        Compression compression = Compression.of(buffered);
        MessageDigest sha256 = Digest.sha256();
        boolean hash = compression != Compression.NONE || known == null;
        try (Pipeline content = new Pipeline(compression.open(buffered), hash ? sha256 : null);
                LayerStack stack = below.isEmpty() ? null : new LayerStack(linux, below);
                LayerRoot root = new LayerRoot(linux, target, stack, limits.maxPathBytes())) {
            EntryWriter writer = new EntryWriter(linux, root, limits);
            long entries = unpack(content, writer);
            Digest diffId = known == null || hash ? Digest.of(sha256) : known;
            return new UnpackedLayer(diffId, writer.bytes(), entries);
        }
    }

    /** Gives the number of entries. */
    private long unpack(InputStream content, EntryWriter writer) throws IOException {
        HeaderCapture headers = new HeaderCapture(content, limits.maxHeaderBytes());
        // Not closed: that would close the caller's stream.
        TarArchiveInputStream tar = new TarArchiveInputStream(headers, "UTF-8");
        long entries = 0;
        String last = "";
        try {
            while (true) {
                headers.begin();
                TarArchiveEntry entry = tar.getNextEntry();
                byte[] raw = headers.end();
                if (entry == null) {
                    break;
                }
                last = entry.getName();
                if (++entries > limits.maxEntries()) {
                    throw new LayerException("it has more than " + limits.maxEntries() + " entries");
                }
                writer.write(entry, Attributes.of(entry, PaxXattrs.parse(raw)), tar);
            }
            writer.finish();
        } catch (LayerException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new LayerException(
                    "cannot unpack, at entry %d '%s': %s".formatted(entries, LayerPath.shown(last), e.getMessage()), e);
        }
        drain(content);
        return entries;
    }

    /** What follows the end of the archive counts for the digest. */
    private static void drain(InputStream content) throws IOException {
        byte[] rest = new byte[BLOCK_BYTES];
        int read;
        do {
            read = content.read(rest);
        } while (read >= 0);
    }
}
