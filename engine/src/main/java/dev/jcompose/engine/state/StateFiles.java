package dev.jcompose.engine.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes records as JSON files. A reader sees the old content or the new, never a part. Thread-safe. */
public final class StateFiles {
    private final ObjectMapper json = JsonMapper.builder().build();
    private final AtomicLong sequence = new AtomicLong();

    /** How much a file is worth. */
    public enum Durability {
        /** Is there after a power failure: written through to the disk before it takes its name. */
        POWER_FAILURE,
        /** Is there after the engine was killed; after a power failure the containers are gone as well. */
        PROCESS
    }

    /** Replaces the file, and makes its directory when it is missing. */
    public void write(Path file, Object value, Durability durability) {
        try {
            Path directory = file.resolveSibling("");
            Path temporary = directory.resolve("." + file.getFileName() + "." + sequence.incrementAndGet());
            byte[] content = json.writeValueAsBytes(value);
            try {
                try {
                    put(temporary, content, durability);
                } catch (NoSuchFileException missing) {
                    Files.createDirectories(directory);
                    put(temporary, content, durability);
                }
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(temporary);
                throw e;
            }
        } catch (IOException e) {
            throw new StateException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Removes what an engine that was killed had begun to write in a directory, if that is there. */
    public static void removeUnfinished(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(directory, ".*.[0-9]*")) {
            for (Path file : unfinished) {
                Files.delete(file);
            }
        }
    }

    private static void put(Path file, byte[] content, Durability durability) throws IOException {
        // An engine that was killed may have left a file of that name.
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (durability == Durability.POWER_FAILURE) {
                channel.force(false);
            }
        }
    }

    /**
     * The value in a file, or empty when there is none.
     *
     * @throws StateException when it cannot be read as {@code type}
     */
    public <T> Optional<T> read(Path file, Class<T> type) {
        try {
            T value = json.readValue(Files.readAllBytes(file), type);
            if (value == null) {
                throw new IOException("it holds no value");
            }
            return Optional.of(value);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw new StateException("cannot read " + file + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new StateException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
