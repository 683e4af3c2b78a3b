package dev.jcompose.volumes;

import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code volume.json} beside a volume's data: what it was made with.
 *
 * @param version of this format
 */
record VolumeFile(
        int version, String driver, Map<String, String> options, Map<String, String> labels, Instant created) {
    static final int VERSION = 1;
    static final String NAME = "volume.json";

    private static final JsonMapper JSON = new JsonMapper();

    /** Writes it into a directory, and to the disk. */
    void write(Linux linux, Fd directory) throws IOException {
        try (Fd file = linux.files()
                .openat(directory, NAME, Fcntl.O_WRONLY | Fcntl.O_CREAT | Fcntl.O_EXCL | Fcntl.O_NOFOLLOW, 0600)) {
            linux.files().writeFully(file, JSON.writeValueAsBytes(this));
            linux.files().fsync(file);
        }
    }

    /** @throws VolumeException if it is damaged or of a newer version */
    static VolumeFile read(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        VolumeFile read;
        try {
            read = JSON.readValue(Files.readAllBytes(file), VolumeFile.class);
        } catch (JacksonException e) {
            throw new VolumeException(
                    "volume file '%s' is damaged: %s; mend it, or remove the volume with the data that is beside it"
                            .formatted(file, e.getOriginalMessage()),
                    e);
        }
        if (read.version() != VERSION) {
            throw new VolumeException("volume file '%s' is of version %d, this jcompose knows version %d"
                    .formatted(file, read.version(), VERSION));
        }
        return read;
    }
}
