package dev.jcompose.engine.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.hash.ConfigHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a container is still what its service asks for: the {@link ConfigHash} of the service, with what is in
 * the configs and secrets that it is granted.
 */
public final class ServiceHash {
    /** A larger file counts by its size and time. */
    private static final long MAX_READ_BYTES = 4 << 20;

    private ServiceHash() {}

    /** 64 hexadecimal digits. A file that cannot be read counts as none: to use it will say why. */
    public static String of(Project project, Service service) {
        return of(project, service, ConfigHash.of(service));
    }

    /** The same for who has the service's own hash already. */
    static String of(Project project, Service service, String own) {
        if (service.configs().isEmpty() && service.secrets().isEmpty()) {
            return own;
        }
        MessageDigest digest = sha256();
        digest.update(own.getBytes(UTF_8));
        Grant.of(project, service).stream()
                .filter(Grant::isDefined)
                .forEach(grant -> add(digest, grant.file(), grant.content()));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, @Nullable String file, @Nullable String content) {
        byte[] bytes = content != null ? content.getBytes(UTF_8) : file == null ? new byte[0] : read(Path.of(file));
        digest.update((bytes.length + ":").getBytes(UTF_8));
        digest.update(bytes);
    }

    private static byte[] read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return new byte[0];
            }
            return Files.size(file) <= MAX_READ_BYTES
                    ? Files.readAllBytes(file)
                    : (Files.size(file) + " " + Files.getLastModifiedTime(file)).getBytes(UTF_8);
        } catch (IOException unreadable) {
            return new byte[0];
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
