package dev.jcompose.network.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostResolversTest {
    private final AtomicLong now = new AtomicLong();

    @TempDir
    Path directory;

    @Test
    void aReplacedFileIsSeenAfterASecondAndNotBefore() throws IOException {
        Path file = Files.writeString(directory.resolve("resolv.conf"), "nameserver 10.0.0.1\n");
        HostResolvers resolvers = new HostResolvers(file, now::get);
        Path other = Files.writeString(directory.resolve("new"), "nameserver 10.0.0.2\n");
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        pass(Duration.ofMillis(999));
        assertThat(resolvers.current().nameservers()).containsExactly("10.0.0.1");
        pass(Duration.ofMillis(1));
        assertThat(resolvers.current().nameservers()).containsExactly("10.0.0.2");
    }

    @Test
    void aSymbolicLinkIsFollowedToItsNewTarget() throws IOException {
        Path first = Files.writeString(directory.resolve("first"), "nameserver 10.0.0.1\n");
        Path second = Files.writeString(directory.resolve("second"), "nameserver 10.0.0.2\n");
        Path link = Files.createSymbolicLink(directory.resolve("resolv.conf"), first);
        HostResolvers resolvers = new HostResolvers(link, now::get);
        Files.delete(link);
        Files.createSymbolicLink(link, second);

        pass(Duration.ofSeconds(1));
        assertThat(resolvers.current().nameservers()).containsExactly("10.0.0.2");
    }

    @Test
    void whileTheFileIsMissingWhatWasKnownHolds() throws IOException {
        Path file = Files.writeString(directory.resolve("resolv.conf"), "nameserver 10.0.0.1\n");
        HostResolvers resolvers = new HostResolvers(file, now::get);
        Files.delete(file);
        pass(Duration.ofSeconds(2));
        assertThat(resolvers.current().nameservers()).containsExactly("10.0.0.1");

        Files.writeString(file, "nameserver 10.0.0.3\n");
        pass(Duration.ofSeconds(2));
        assertThat(resolvers.current().nameservers()).containsExactly("10.0.0.3");
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
