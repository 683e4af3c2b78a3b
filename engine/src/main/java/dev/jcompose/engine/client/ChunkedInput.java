package dev.jcompose.engine.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Takes the chunked transfer coding off.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC 9112, section 7.1</a>
 */
final class ChunkedInput extends InputStream {
    private final InputStream in;
    private long remaining;
    private boolean first = true;
    private boolean ended;

    ChunkedInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (remaining == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(target, offset, (int) Math.min(length, remaining));
        if (count < 0) {
            throw new EOFException("the engine closed the connection within its answer");
        }
        remaining -= count;
        return count;
    }

    private void nextChunk() throws IOException {
        if (!first) {
            readLine(); // the line's end after the last chunk's data
        }
        first = false;
        String size = readLine();
        int extension = size.indexOf(';');
        try {
            remaining = Long.parseLong(extension < 0 ? size : size.substring(0, extension), 16);
        } catch (NumberFormatException e) {
            throw new IOException("the engine sent a chunk of size \"%s\"".formatted(size), e);
        }
        if (remaining == 0) {
            ended = true;
            while (!readLine().isEmpty()) {
                // trailers, which nobody needs
            }
        }
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the engine closed the connection within its answer");
            }
            line.append((char) b);
        }
        return line.toString().strip();
    }
}
