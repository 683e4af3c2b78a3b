package dev.jcompose.images.layer;

import dev.jcompose.images.task.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses and hashes a stream on threads of their own while it is being read: three processors work on one layer.
 * Read by one thread.
 */
final class Pipeline extends InputStream {
    private static final int CHUNK_BYTES = 256 * 1024;
    private static final int CHUNKS = 8;
    private static final byte[] END = new byte[0];

    private final InputStream source;
    private final @Nullable MessageDigest digest;
    private final BlockingQueue<byte[]> toRead = new ArrayBlockingQueue<>(CHUNKS);
    private final BlockingQueue<byte[]> toHash = new ArrayBlockingQueue<>(CHUNKS);
    private final Thread reading = thread("layer-decompress", this::decompress);
    private final Thread hashing = thread("layer-hash", this::hash);
    private volatile @Nullable Throwable failure;
    private byte[] current = END;
    private int position;
    private boolean ended;

    /**
     * Starts.
     *
     * @param source decompresses as it is read
     * @param digest takes in all that is read; null for none. Complete when the stream has been read to its end
     */
    Pipeline(InputStream source, @Nullable MessageDigest digest) {
        this.source = source;
        this.digest = digest;
        reading.start();
        if (digest != null) {
            hashing.start();
        }
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void decompress() {
        try {
            byte[] chunk = new byte[CHUNK_BYTES];
            int read = source.readNBytes(chunk, 0, CHUNK_BYTES);
            while (read > 0) {
                byte[] full = read == CHUNK_BYTES ? chunk : Arrays.copyOf(chunk, read);
                if (digest != null) {
                    toHash.put(full);
                }
                toRead.put(full);
                chunk = new byte[CHUNK_BYTES];
                read = source.readNBytes(chunk, 0, CHUNK_BYTES);
            }
        } catch (InterruptedException e) {
            return;
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
        finish(toHash);
        finish(toRead);
    }

    private void finish(BlockingQueue<byte[]> queue) {
        try {
            if (queue != toHash || digest != null) {
                queue.put(END);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hash() {
        try {
            byte[] chunk = toHash.take();
            while (chunk != END && digest != null) {
                digest.update(chunk);
                chunk = toHash.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        while (position == current.length) {
            if (ended || !next()) {
                return -1;
            }
        }
        int read = Math.min(count, current.length - position);
        System.arraycopy(current, position, buffer, offset, read);
        position += read;
        return read;
    }

    /** Goes on to the next chunk; at the end waits until all is hashed. */
    private boolean next() throws IOException {
        try {
            current = toRead.take();
            position = 0;
            if (current != END) {
                return true;
            }
            ended = true;
            if (digest != null) {
                hashing.join();
            }
        } catch (InterruptedException e) {
            throw Cancellation.of(e);
        }
        Throwable why = failure;
        if (why instanceof IOException io) {
            throw io;
        }
        if (why != null) {
            throw new IOException(why.toString(), why);
        }
        return false;
    }

    /** Ends the threads; the source is not closed. */
    @Override
    public void close() {
        reading.interrupt();
        hashing.interrupt();
        boolean interrupted = false;
        while (reading.isAlive()) {
            try {
                // The source must not be read any more when this returns.
                reading.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
