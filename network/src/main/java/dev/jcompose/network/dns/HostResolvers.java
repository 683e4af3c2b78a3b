package dev.jcompose.network.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's resolver configuration, followed as it changes: at most once a second a caller's question makes it look
 * whether the file is another one, or has another time or size. A laptop that joins a VPN therefore needs no restart.
 *
 * <p>Thread-safe. Reads a small local file on the calling thread, also on that of a netty loop.
 */
public final class HostResolvers {
    private static final Logger log = LoggerFactory.getLogger(HostResolvers.class);
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path file;
    private final LongSupplier nanoTime;
    private volatile Snapshot snapshot;

    /** Follows a file, for example {@code /etc/resolv.conf}; symbolic links are followed too. */
    public HostResolvers(Path file) {
        this(file, System::nanoTime);
    }

    HostResolvers(Path file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
        this.snapshot = read(null, nanoTime.getAsLong());
    }

    private record Snapshot(ResolvConf content, @Nullable Identity identity, long checkedAt) {}

    private record Identity(Object fileKey, FileTime modified, long sizeBytes) {}

    /** The configuration as it is now, or was less than a second ago. */
    public ResolvConf current() {
        Snapshot known = snapshot;
        long now = nanoTime.getAsLong();
        if (now - known.checkedAt < CHECK_NANOS) {
            return known.content;
        }
        Snapshot fresh = read(known, now);
        snapshot = fresh;
        return fresh.content;
    }

    /** The file as it is; empty when it cannot be read. */
    public String text() {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private Snapshot read(@Nullable Snapshot known, long now) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Identity identity = new Identity(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
            if (known != null && identity.equals(known.identity)) {
                return new Snapshot(known.content, identity, now);
            }
            ResolvConf content = ResolvConf.parse(Files.readString(file, ISO_8859_1));
            log.debug("{} names the servers {}", file, content.nameservers());
            return new Snapshot(content, identity, now);
        } catch (IOException e) {
            // It may be missing for a moment while it is replaced; what was known is better than nothing.
            ResolvConf content = known == null ? ResolvConf.parse("") : known.content;
            return new Snapshot(content, null, now);
        }
    }
}
