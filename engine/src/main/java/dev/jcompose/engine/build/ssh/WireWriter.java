package dev.jcompose.engine.build.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** Writes what {@link WireReader} reads. */
final class WireWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    WireWriter octet(int value) {
        bytes.write(value);
        return this;
    }

    WireWriter uint32(int value) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
        return this;
    }

    WireWriter string(byte[] value) {
        uint32(value.length);
        bytes.writeBytes(value);
        return this;
    }

    WireWriter text(String value) {
        return string(value.getBytes(UTF_8));
    }

    WireWriter mpint(BigInteger value) {
        return string(value.toByteArray());
    }

    byte[] written() {
        return bytes.toByteArray();
    }
}
