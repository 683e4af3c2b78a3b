package dev.jcompose.engine.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Makes lines of bytes. A line that is very long is cut. */
final class LineSplitter {
    private static final int MAX_LINE_BYTES = 64 * 1024;

    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineSplitter(Consumer<String> lines) {
        this.lines = lines;
    }

    void add(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            if (b == '\n' || line.size() >= MAX_LINE_BYTES) {
                emit();
            }
            if (b != '\n') {
                line.write(b);
            }
        }
    }

    /** Hands on a last line that does not end. */
    void end() {
        if (line.size() > 0) {
            emit();
        }
    }

    /** What a carriage return has overwritten is not shown. */
    private void emit() {
        String text = line.toString(UTF_8).stripTrailing();
        line.reset();
        lines.accept(text.substring(text.lastIndexOf('\r') + 1));
    }
}
