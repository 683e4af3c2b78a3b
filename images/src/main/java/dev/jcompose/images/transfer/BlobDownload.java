package dev.jcompose.images.transfer;

import dev.jcompose.images.oci.Descriptor;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.registry.BlobBody;
import dev.jcompose.images.registry.Patience;
import dev.jcompose.images.registry.RegistryClient;
import dev.jcompose.images.registry.RegistryException;
import dev.jcompose.images.registry.RegistryException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.List;

/**
 * Downloads one blob into a file: goes on where a connection, or an earlier download into the file, broke off, verifies
 * size and digest while the content comes, and asks the next source when one has no good content. Used once.
 */
final class BlobDownload {
    private static final int COPY_BYTES = 128 * 1024;

    private final Descriptor blob;
    private final FileChannel out;
    private final Progress progress;
    private MessageDigest computed;
    private long have;

    /** Whether some of what is there is of an earlier download, which may have been another. */
    private boolean takenUp;

    /** @param out open for reading and writing; what it has is taken for the beginning of the blob */
    BlobDownload(Descriptor blob, FileChannel out, Progress progress) {
        this.blob = blob;
        this.out = out;
        this.progress = progress;
        computed = blob.digest().computation();
    }

    /** @throws IOException of the last source */
    void from(List<RegistryClient> sources) throws IOException {
        takeUp();
        for (int i = 0; i < sources.size(); i++) {
            try {
                from(sources.get(i));
                return;
            } catch (RegistryException e) {
                if (i == sources.size() - 1) {
                    throw e;
                }
            }
        }
    }

    private void takeUp() throws IOException {
        if (out.size() > blob.size()) {
            restart();
            return;
        }
        ByteBuffer chunk = ByteBuffer.allocate(COPY_BYTES);
        while (out.read(chunk, have) > 0) {
            have += chunk.flip().remaining();
            computed.update(chunk);
            chunk.clear();
        }
        takenUp = have > 0;
    }

    private void from(RegistryClient source) throws IOException {
        Patience patience = source.patience();
        int failures = 0;
        while (true) {
            long before = have;
            IOException why;
            try {
                if ((have == blob.size() && takenUp) || copy(source)) {
                    if (isVerified(source)) {
                        return;
                    }
                    continue;
                }
                why = new IOException("the connection was cut");
            } catch (RegistryException e) {
                // It has been tried often enough, or there is no use in it.
                throw e;
            } catch (IOException e) {
                if (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException)) {
                    throw e;
                }
                why = e;
            }
            // As long as something comes, it is worth going on.
            failures = have > before ? 1 : failures + 1;
            if (failures >= patience.attempts()) {
                throw new RegistryException(
                        Kind.UNAVAILABLE,
                        "download of layer %s from registry '%s' broke off after %d of %d bytes, %d times: %s"
                                .formatted(
                                        blob.digest(),
                                        source.registry(),
                                        have,
                                        blob.size(),
                                        failures,
                                        why.getMessage()),
                        why);
            }
            progress.layer(blob.digest(), TransferEvent.Action.RETRYING);
            Patience.sleep(patience.pause(failures));
        }
    }

    /** Reads what comes; says whether that was all. */
    private boolean copy(RegistryClient source) throws IOException {
        try (BlobBody body = source.blob(blob.digest(), have)) {
            if (body.startBytes() != have) {
                restart();
            }
            byte[] chunk = new byte[COPY_BYTES];
            for (int read = body.content().read(chunk);
                    read > 0;
                    read = body.content().read(chunk)) {
                if (have + read > blob.size()) {
                    throw damaged(source, "it is larger than the " + blob.size() + " bytes that the manifest says");
                }
                computed.update(chunk, 0, read);
                ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, read);
                while (bytes.hasRemaining()) {
                    have += out.write(bytes, have);
                }
                progress.bytes(blob.digest(), TransferEvent.Action.DOWNLOADING, have, blob.size());
            }
        }
        return have == blob.size();
    }

    /** False if it is to be downloaded again from its beginning: what was taken up was not good. */
    private boolean isVerified(RegistryClient source) throws IOException {
        Digest is = Digest.of(computed);
        if (is.equals(blob.digest())) {
            return true;
        }
        if (takenUp) {
            restart();
            return false;
        }
        throw damaged(source, "its digest is " + is);
    }

    private RegistryException damaged(RegistryClient source, String problem) throws IOException {
        restart();
        return new RegistryException(
                Kind.DAMAGED,
                "layer %s from registry '%s' is damaged: %s".formatted(blob.digest(), source.registry(), problem));
    }

    private void restart() throws IOException {
        out.truncate(0);
        takenUp = false;
        computed = blob.digest().computation();
        have = 0;
    }
}
