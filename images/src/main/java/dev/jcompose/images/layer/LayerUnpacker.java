package dev.jcompose.images.layer;

import static java.util.Objects.requireNonNull;

import dev.jcompose.images.oci.Digest;
import dev.jcompose.linux.Linux;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
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
     * @param blob a tar file, compressed or not; read to its end, not closed
     * @param known the digest of {@code blob} as it is, if the caller has computed it: it is not computed again. Null
     *     to have it computed
     * @param target an empty directory
     * @throws LayerException naming the entry that is wrong
     */
    public UnpackedLayer unpack(InputStream blob, @Nullable Digest known, Path target, LayersBelow below)
            throws IOException {
        InputStream buffered = new BufferedInputStream(blob, BLOCK_BYTES);
        Compression compression = Compression.of(buffered);
        boolean packed = compression != Compression.NONE;
        MessageDigest ofBlob = packed && known == null ? Digest.sha256() : null;
        InputStream source = ofBlob == null ? buffered : new DigestInputStream(buffered, ofBlob);
        // What is not compressed has one digest for both.
        boolean isKnown = !packed && known != null && known.algorithm().equals("sha256");
        MessageDigest ofContent = isKnown ? null : Digest.sha256();
        try (Pipeline content = new Pipeline(compression.open(source), ofContent);
                LowerStack stack = new LowerStack(linux, below);
                LayerRoot root = new LayerRoot(linux, target, stack, limits.maxPathBytes())) {
            EntryWriter writer = new EntryWriter(linux, root, limits, new FreeRoom(target));
            long entries = unpack(content, writer);
            drain(source);
            Digest diffId = ofContent == null ? requireNonNull(known) : Digest.of(ofContent);
            Digest digest = known != null ? known : ofBlob == null ? diffId : Digest.of(ofBlob);
            return new UnpackedLayer(digest, diffId, writer.bytes(), entries);
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
        } catch (LayerException | InterruptedIOException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new LayerException(
                    "cannot unpack, at entry %d '%s': %s".formatted(entries, LayerPath.shown(last), e.getMessage()), e);
        }
        drain(content);
        return entries;
    }

    /** What follows the end of the archive counts for the digests. */
    private static void drain(InputStream content) throws IOException {
        byte[] rest = new byte[BLOCK_BYTES];
        int read;
        do {
            read = content.read(rest);
        } while (read >= 0);
    }
}
