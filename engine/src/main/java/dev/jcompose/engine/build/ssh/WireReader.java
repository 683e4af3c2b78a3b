package dev.jcompose.engine.build.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Reads SSH's data types.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4251#section-5">RFC 4251, section 5</a>
 */
final class WireReader {
    private final ByteBuffer bytes;

    WireReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** @throws BufferUnderflowException as all methods here, if there is less than that */
    int uint32() {
        return bytes.getInt();
    }

    byte[] bytes(int count) {
        if (count < 0 || count > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] read = new byte[count];
        bytes.get(read);
        return read;
    }

    byte[] string() {
        return bytes(uint32());
    }

    String text() {
        return new String(string(), UTF_8);
    }

    BigInteger mpint() {
        return new BigInteger(string());
    }
}
