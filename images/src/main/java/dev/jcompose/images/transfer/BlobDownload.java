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
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * Downloads one blob into a file: goes on where a connection broke, verifies size and digest while the content comes,
 * and asks the next source when one has no good content. Used once.
 */
final class BlobDownload {
    private static final int COPY_BYTES = 128 * 1024;

    private final Descriptor blob;
    private final Path file;
    private final Progress progress;
    private MessageDigest computed;
    private long have;

    BlobDownload(Descriptor blob, Path file, Progress progress) {
        this.blob = blob;
        this.file = file;
        this.progress = progress;
        computed = blob.digest().computation();
    }

    /** @throws IOException of the last source */
    void from(List<RegistryClient> sources) throws IOException {
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

    private void from(RegistryClient source) throws IOException {
        Patience patience = source.patience();
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            int failures = 0;
            while (true) {
                long before = have;
                IOException why;
                try {
                    if (copy(source, out)) {
                        verify(source, out);
                        return;
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
    }

    /** Reads what comes; says whether that was all. */
    private boolean copy(RegistryClient source, FileChannel out) throws IOException {
        try (BlobBody body = source.blob(blob.digest(), have)) {
            if (body.startBytes() != have) {
                restart(out);
            }
            byte[] chunk = new byte[COPY_BYTES];
            for (int read = body.content().read(chunk);
                    read > 0;
                    read = body.content().read(chunk)) {
                if (have + read > blob.size()) {
                    throw damaged(
                            source, "it is larger than the " + blob.size() + " bytes that the manifest says", out);
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

    private void verify(RegistryClient source, FileChannel out) throws IOException {
        Digest is = new Digest(blob.digest().algorithm(), HexFormat.of().formatHex(computed.digest()));
        if (!is.equals(blob.digest())) {
            throw damaged(source, "its digest is " + is, out);
        }
    }

    private RegistryException damaged(RegistryClient source, String problem, FileChannel out) throws IOException {
        restart(out);
        return new RegistryException(
                Kind.DAMAGED,
                "layer %s from registry '%s' is damaged: %s".formatted(blob.digest(), source.registry(), problem));
    }

    private void restart(FileChannel out) throws IOException {
        out.truncate(0);
        computed = blob.digest().computation();
        have = 0;
    }
}
