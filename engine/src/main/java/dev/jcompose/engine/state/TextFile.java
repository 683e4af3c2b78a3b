package dev.jcompose.engine.state;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes small texts for others than the engine. */
public final class TextFile {
    private TextFile() {}

    /**
     * Replaces what is in the file.
     *
     * @throws IOException which names the file, also when the disk is full
     */
    public static void write(Path file, String text) throws IOException {
        try {
            Files.writeString(file, text);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
