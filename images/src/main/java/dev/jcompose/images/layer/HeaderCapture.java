package dev.jcompose.images.layer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Keeps the raw bytes of an entry's headers while the tar reader reads them, and limits their size. The reader decodes
 * PAX values as UTF-8, which destroys binary attributes such as {@code security.capability}; they are taken from here.
 */
final class HeaderCapture extends FilterInputStream {
    private static final int RECORD_BYTES = 512;

    private final int maxBytes;
    private byte[] captured = new byte[4 * RECORD_BYTES];
    private int length;
    private boolean capturing;
    private long position;

    HeaderCapture(InputStream in, int maxBytes) {
        super(in);
        this.maxBytes = maxBytes;
    }

    /** Starts with the next whole record; call it when the previous entry's content has been read. */
    void begin() {
        capturing = true;
        length = 0;
    }

    /** Ends capturing, and gives what was read since {@link #begin}. */
    byte[] end() {
        capturing = false;
        return Arrays.copyOf(captured, length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
        int read = in.read(buffer, offset, count);
        if (read > 0) {
            if (capturing) {
                keep(buffer, offset, read);
            }
            position += read;
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] skipped = new byte[(int) Math.min(count, 16 * RECORD_BYTES)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    private void keep(byte[] buffer, int offset, int count) throws IOException {
        // What comes before the first whole record is the padding of the previous entry.
        int padding = length > 0 ? 0 : (int) Math.min(count, -position & (RECORD_BYTES - 1));
        int wanted = count - padding;
        if (length + wanted > maxBytes) {
            throw new LayerException("headers of one entry are larger than " + maxBytes + " bytes");
        }
        if (length + wanted > captured.length) {
            captured = Arrays.copyOf(captured, Math.max(length + wanted, 2 * captured.length));
        }
        System.arraycopy(buffer, offset + padding, captured, length, wanted);
        length += wanted;
    }
}
