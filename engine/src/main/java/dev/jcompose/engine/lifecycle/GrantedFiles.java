package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.container.Container;
import dev.jcompose.model.Config;
import dev.jcompose.model.FileMount;
import dev.jcompose.model.Secret;
import dev.jcompose.runtime.container.MountSpec;
import dev.jcompose.runtime.container.MountSpec.BindMount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The configs and secrets of a service: files that it may read. */
final class GrantedFiles {
    private GrantedFiles() {}

    /**
     * The mounts of one start. What is written in the Compose file itself goes into the run directory first.
     *
     * @throws IOException when a file is not there, or comes from where nothing can be had
     */
    static List<MountSpec> mounts(Container container) throws IOException {
        List<MountSpec> mounts = new ArrayList<>();
        for (FileMount mount : container.service().configs()) {
            Config config = container.project().configs().get(mount.source());
            if (config == null) {
                throw new IOException("config \"" + mount.source() + "\" is not defined");
            }
            Path file = source(container, "config", mount, config.file(), config.content());
            mounts.add(BindMount.of(file, mount.configPath(), true));
        }
        for (FileMount mount : container.service().secrets()) {
            Secret secret = container.project().secrets().get(mount.source());
            if (secret == null) {
                throw new IOException("secret \"" + mount.source() + "\" is not defined");
            }
            Path file = source(container, "secret", mount, secret.file(), null);
            mounts.add(BindMount.of(file, mount.secretPath(), true));
        }
        return mounts;
    }

    private static Path source(
            Container container, String kind, FileMount mount, @Nullable String file, @Nullable String content)
            throws IOException {
        if (file != null) {
            Path path = Path.of(file);
            if (!Files.exists(path)) {
                throw new IOException("file " + path + " of " + kind + " \"" + mount.source() + "\" does not exist");
            }
            return path;
        }
        if (content == null) {
            throw new IOException(kind + " \"" + mount.source()
                    + "\" has neither a file nor a content: other sources are" + " not supported yet");
        }
        Path directory = Files.createDirectories(container.files().run().resolve("granted"));
        Path written = directory.resolve(kind + "-" + mount.source());
        Files.write(written, content.getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("r--r--r--"));
        return written;
    }
}
