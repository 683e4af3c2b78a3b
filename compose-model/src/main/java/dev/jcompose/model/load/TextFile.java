package dev.jcompose.model.load;

import dev.jcompose.model.node.SourceLocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the text of files: UTF-8 or, with a byte order mark, UTF-16, as YAML has it. */
final class TextFile {

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
     * @throws IOException if it cannot be read
     */
    static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            return decode(Files.readAllBytes(file));
        }
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
