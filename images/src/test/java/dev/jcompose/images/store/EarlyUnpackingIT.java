package dev.jcompose.images.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.OciJson;
import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresRoot
class EarlyUnpackingIT {
    private static final byte[] WHOLE =
            new LayerTar().directory("bin").file("bin/sh", "shell").bytes();

    @TempDir
    Path directory;

    private ContentStore content;
    private Temporaries places;
    private EarlyUnpacking early;

    @BeforeEach
    void open() throws IOException {
        content = new ContentStore(Linux.load(), directory.resolve("store"), new OciJson());
        places = content.temporaries(directory.resolve("places"));
        early = new EarlyUnpacking(content, places::path);
    }

    @AfterEach
    void close() {
        early.close();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(directory, "file", ""), bytes);
    }

    @Test
    void whatIsUnpackedEarlyIsTakenOverWhenItIsWhatTheDigestsSay() throws IOException {
        byte[] gzip = LayerTar.gzip(WHOLE);
        Path file = file(gzip);
        early.begin("layer", file);
        LayerContent layer = early.content(file, Digest.ofBytes(gzip), Digest.ofBytes(WHOLE));
        assertThat(requireNonNull(layer.unpacked()).resolve("bin/sh")).hasContent("shell");
        assertThat(layer.isVerified()).isTrue();
        assertThat(early.content(file, Digest.ofBytes(gzip), Digest.ofBytes(WHOLE)))
                .as("for a second image")
                .isEqualTo(LayerContent.claimed(file, Digest.ofBytes(gzip), Digest.ofBytes(WHOLE)));
    }

    @Test
    void whatIsNotWhatTheDigestsSayIsNotBelieved() throws IOException {
        Path file = file(WHOLE);
        Digest other = Digest.ofText("other");
        early.begin("layer", file);
        assertThat(early.content(file, other, other)).isEqualTo(LayerContent.claimed(file, other, other));
    }

    @Test
    void whatNeedsTheLayersBelowOrIsNoLayerIsLeftForLater() throws IOException {
        byte[] upper = new LayerTar().file("lib/app", "program").bytes();
        for (byte[] bytes : new byte[][] {upper, "{\"layers\": []}".repeat(100).getBytes(UTF_8)}) {
            Path file = file(bytes);
            Digest digest = Digest.ofBytes(bytes);
            early.begin("file", file);
            assertThat(early.content(file, digest, digest)).isEqualTo(LayerContent.claimed(file, digest, digest));
        }
        assertThat(directory.resolve("places")).isEmptyDirectory();
    }

    @Test
    void whatTheStoreHasIsNotUnpackedAgain() throws IOException {
        Digest digest = Digest.ofBytes(WHOLE);
        content.blobs().adopt(file(WHOLE), digest);
        Path file = file(WHOLE);
        early.begin("blobs/sha256/" + digest.hex(), file);
        early.begin(digest.hex() + ".tar", file);
        assertThat(early.content(file, digest, digest)).isEqualTo(LayerContent.claimed(file, digest, digest));
        assertThat(directory.resolve("places")).isEmptyDirectory();
    }
}
