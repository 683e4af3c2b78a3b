package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.container.Container;
import dev.jcompose.model.FileMount;
import dev.jcompose.runtime.container.MountSpec;
import dev.jcompose.runtime.container.MountSpec.BindMount;
import dev.jcompose.runtime.container.MountSpec.MemoryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The configs and secrets of a service: files that it may read.
 *
 * <p>A {@code file} without owner and mode is mounted as it is on the host, so that changes are seen. Everything else
 * is a copy in memory, with the owner and mode that are asked for, else 0:0 and 0444.
 */
final class GrantedFiles {
    private static final int DEFAULT_MODE = 0444;

    /** A copy travels inside of the launch program. */
    private static final long MAX_COPY_BYTES = 4 << 20;

    private GrantedFiles() {}

    /**
     * The mounts of one start.
     *
     * @throws IOException when a file is not there, or comes from where nothing can be had
     */
    static List<MountSpec> mounts(Container container) throws IOException {
        Set<String> taken = container.service().volumes().stream()
                .map(volume -> String.valueOf(volume.target()))
                .collect(Collectors.toCollection(TreeSet::new));
        List<MountSpec> mounts = new ArrayList<>();
        for (Grant grant : Grant.of(container.project(), container.service())) {
            if (!grant.isDefined()) {
                throw new IOException(grant + " is not defined");
            }
            if (taken.add(grant.target())) {
                mounts.add(mount(grant));
            }
        }
        return mounts;
    }

    private static MountSpec mount(Grant grant) throws IOException {
        if (grant.external()) {
            throw new IOException(
                    "unsupported external " + grant.kind() + " " + grant.mount().source() + ": nothing keeps "
                            + grant.kind() + "s outside of a project here; use file or environment");
        }
        FileMount asked = grant.mount();
        if (grant.file() == null) {
            return copy(grant, grant.value());
        }
        Path file = Path.of(grant.file());
        if (!Files.exists(file)) {
            throw new IOException("file " + file + " of " + grant + " does not exist");
        }
        if (asked.uid() == null && asked.gid() == null && asked.mode() == null) {
            return BindMount.of(file, grant.target(), true);
        }
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_COPY_BYTES) {
            throw new IOException("file " + file + " of " + grant + " is not a regular file of at most 4 MiB: only"
                    + " such a one can be given an owner and a mode");
        }
        return copy(grant, Files.readAllBytes(file));
    }

    private static MemoryFile copy(Grant grant, byte[] content) throws IOException {
        FileMount asked = grant.mount();
        return new MemoryFile(
                grant.target(),
                content,
                number(grant, "uid", asked.uid()),
                number(grant, "gid", asked.gid()),
                asked.mode() == null ? DEFAULT_MODE : asked.mode());
    }

    private static int number(Grant grant, String what, @Nullable String text) throws IOException {
        try {
            return text == null || text.isEmpty() ? 0 : Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw new IOException(grant + ": " + what + " \"" + text + "\" is not a number", e);
        }
    }
}
