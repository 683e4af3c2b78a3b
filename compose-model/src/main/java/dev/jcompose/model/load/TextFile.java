package dev.jcompose.model.load;

import dev.jcompose.model.node.SourceLocation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the text of files: UTF-8 or, with a byte order mark, UTF-16, as YAML has it. */
final class TextFile {
    /** Many times what people write; a device or a pipe may never end. */
    private static final int MAX_BYTES = 16 << 20;

    /** The bytes are no text. */
    static final class NoTextException extends CharacterCodingException {
        private static final long serialVersionUID = 1;

        private final String before;

        /** @param before the text that could be read */
        NoTextException(String before) {
            this.before = before;
        }

        /** The first byte that is none. */
        SourceLocation place(String file) {
            return SourceLocation.after(before, file);
        }

        @Override
        public String getMessage() {
            return "the file is not UTF-8";
        }
    }

    private TextFile() {}

    /**
     * All text of a file.
     *
     * @throws NoTextException if it is in another encoding
     * @throws IOException if it cannot be read, or is larger than 16 MiB
     */
    static String read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException("it is larger than " + MAX_BYTES + " bytes");
        }
        return decode(bytes);
    }

    private static String decode(byte[] bytes) throws NoTextException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        boolean failed = charset(bytes).newDecoder().decode(in, out, true).isError();
        String text = out.flip().toString();
        if (failed) {
            throw new NoTextException(text);
        }
        return text;
    }

    /** Decoding {@code UTF_16} takes the byte order mark away. */
    private static Charset charset(byte[] bytes) {
        int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        return mark == 0xFEFF || mark == 0xFFFE ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }
}
