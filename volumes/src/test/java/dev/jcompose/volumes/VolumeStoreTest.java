package dev.jcompose.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeStoreTest {
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00.123Z");

    @TempDir
    Path root;

    private VolumeStore store;

    @BeforeEach
    void open() throws IOException {
        store = reopen();
    }

    private VolumeStore reopen() throws IOException {
        return new VolumeStore(Linux.load(), root, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void aVolumeIsThereAfterARestartWithAllThatItWasMadeWith() throws IOException {
        Volume made = store.create("db_data", new VolumeOptions("local", Map.of(), Map.of("a", "b")));
        assertThat(made)
                .isEqualTo(
                        new Volume("db_data", "local", Map.of(), Map.of("a", "b"), NOW, root.resolve("db_data/_data")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.data())))
                .isEqualTo("rwxr-xr-x");
        assertThat(reopen().find("db_data")).contains(made);
        assertThat(reopen().list()).containsExactly(made);
    }

    @Test
    void createTwiceGivesTheSameVolumeAndKeepsItsData() throws IOException {
        Volume first = store.create("data", VolumeOptions.DEFAULT);
        Files.writeString(first.data().resolve("kept"), "x");
        assertThat(store.create("data", new VolumeOptions("local", Map.of(), Map.of("other", "label"))))
                .isEqualTo(first);
        assertThat(first.data().resolve("kept")).exists();
    }

    @Test
    void otherOptionsThanThoseOfTheExistingVolumeAreExplained() throws IOException {
        Path device = Files.createDirectory(root.resolve("elsewhere"));
        store.create("data", VolumeOptions.DEFAULT);
        VolumeOptions bind =
                new VolumeOptions("local", Map.of("type", "none", "o", "bind", "device", device.toString()), Map.of());
        assertThatThrownBy(() -> store.create("data", bind))
                .isInstanceOf(VolumeException.class)
                .hasMessage("volume 'data' exists with other options: option 'device' is not set, wanted '" + device
                        + "'; option 'o' is not set, wanted 'bind'; option 'type' is not set, wanted 'none';"
                        + " remove it to have it made anew");
    }

    @Test
    void aBindOptionPutsTheDataElsewhereAndRemoveLeavesItThere() throws IOException {
        Path device = Files.createDirectory(root.resolve("elsewhere"));
        Files.writeString(device.resolve("mine"), "x");
        Volume volume = store.create(
                "data",
                new VolumeOptions(
                        "local", Map.of("type", "none", "o", "rw,bind", "device", device.toString()), Map.of()));
        assertThat(volume.data()).isEqualTo(device);
        store.remove("data");
        assertThat(device.resolve("mine")).exists();
        assertThat(store.find("data")).isEmpty();
    }

    @Test
    void otherDriversAndOptionsAreRefusedByName() {
        assertThatThrownBy(() -> store.create("x", new VolumeOptions("rexray", Map.of(), Map.of())))
                .hasMessage("volume 'x': driver 'rexray' is not supported, only 'local'");
        assertThatThrownBy(() -> store.create("x", new VolumeOptions("local", Map.of("size", "1g"), Map.of())))
                .hasMessage("volume 'x': unknown option 'size', the local driver has 'type', 'o' and 'device'");
        assertThatThrownBy(() -> store.create("x", new VolumeOptions("local", Map.of("type", "nfs"), Map.of())))
                .hasMessageStartingWith("volume 'x': option 'device' is missing, type 'nfs' needs one");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void removeTakesTheDataAlongAndCanBeRepeated() throws IOException {
        Volume volume = store.create("data", VolumeOptions.DEFAULT);
        Path outside = Files.writeString(root.resolve("outside"), "x");
        Files.createDirectories(volume.data().resolve("a/b"));
        Files.createSymbolicLink(volume.data().resolve("a/link"), outside);
        Files.createSymbolicLink(volume.data().resolve("up"), root);
        store.remove("data");
        store.remove("data");
        assertThat(outside).exists();
        assertThat(root.resolve("data")).doesNotExist();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void whatACrashLeftIsGoneAfterARestart() throws IOException {
        Files.createDirectories(root.resolve(".new-77/_data/deep"));
        assertThat(reopen().list()).isEmpty();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void anAnonymousVolumeHasANameOf64HexadecimalDigits() throws IOException {
        assertThat(store.createAnonymous(VolumeOptions.DEFAULT).name()).matches("[0-9a-f]{64}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "-a", "a b", ".new-1", "ä"})
    void aNameThatCouldBeAPathIsRefused(String name) throws IOException {
        assertThatThrownBy(() -> store.create(name, VolumeOptions.DEFAULT))
                .hasMessageStartingWith("invalid volume name '" + name + "'");
        assertThatThrownBy(() -> store.remove(name)).hasMessageStartingWith("invalid volume name '" + name + "'");
        assertThat(store.find(name)).isEmpty();
    }

    @Test
    void aDamagedFileIsAnErrorThatNamesIt() throws IOException {
        Volume volume = store.create("data", VolumeOptions.DEFAULT);
        Path file = root.resolve("data/volume.json");
        Files.writeString(file, "{");
        assertThatThrownBy(() -> store.find("data")).hasMessageStartingWith("volume file '" + file + "' is damaged");
        Files.writeString(file, "{\"version\":2}");
        assertThatThrownBy(() -> store.find("data"))
                .hasMessageContaining("'" + file + "' is of version 2, this jcompose knows version 1");
        assertThat(volume.data()).exists();
    }
}
