package dev.jcompose.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.container.ContainerStatus;
import dev.jcompose.engine.container.Containers;
import dev.jcompose.engine.state.StateFiles.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFilesTest {
    private final StateFiles files = new StateFiles();

    @TempDir
    private Path directory;

    /** Something to write. */
    record Note(int version, String text) {}

    @Test
    void whatWasWrittenIsReadAndNothingElseIsLeft() throws IOException {
        Path made = directory.resolve("new");
        Path file = made.resolve("note.json");
        for (Durability durability : Durability.values()) {
            files.write(file, new Note(1, durability.name()), durability);
            assertThat(files.read(file, Note.class)).contains(new Note(1, durability.name()));
        }
        assertThat(names(made)).containsExactly("note.json");
    }

    @Test
    void whatWasBegunWhenTheEngineWasKilledIsRemovedAndNothingElse() throws IOException {
        files.write(directory.resolve("note.json"), new Note(1, "whole"), Durability.PROCESS);
        Files.writeString(directory.resolve(".note.json.3"), "{\"ver");
        Files.writeString(directory.resolve(".lock"), "");

        StateFiles.removeUnfinished(directory);
        StateFiles.removeUnfinished(directory.resolve("none"));

        assertThat(names(directory)).containsExactlyInAnyOrder(".lock", "note.json");
    }

    @Test
    void aMissingFileIsNothing() {
        assertThat(files.read(directory.resolve("none.json"), Note.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{\"version\":1", "[]", "\0\0\0\0", "{\"version\":\"x\"}"})
    void aFileThatIsBrokenIsNamed(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("note.json"), content);
        assertThatThrownBy(() -> files.read(file, Note.class))
                .isInstanceOf(StateException.class)
                .hasMessageStartingWith("cannot read " + file + ": ");
    }

    @Test
    void aFileThatCannotBeWrittenIsNamedAndTheOldOneStays() throws IOException {
        Path file = directory.resolve("note.json");
        files.write(file, new Note(1, "old"), Durability.PROCESS);
        Path blocked = directory.resolve("blocked.json");
        Files.createDirectories(blocked.resolve("inner"));
        assertThatThrownBy(() -> files.write(blocked, new Note(1, "new"), Durability.PROCESS))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("blocked.json");
        assertThat(files.read(file, Note.class)).contains(new Note(1, "old"));
        assertThat(names(directory)).containsExactlyInAnyOrder("note.json", "blocked.json");
    }

    @Test
    void whatAKilledEngineLeftHalfWrittenIsInNobodysWay() throws IOException {
        Path file = directory.resolve("note.json");
        for (int i = 0; i < 5; i++) {
            Files.writeString(directory.resolve(".note.json." + i), "{\"ver");
        }
        for (int i = 0; i < 5; i++) {
            new StateFiles().write(file, new Note(i, "text"), Durability.PROCESS);
            assertThat(files.read(file, Note.class)).contains(new Note(i, "text"));
        }
    }

    @Test
    void aReaderSeesTheOldOrTheNewAndNeverAPart() throws Exception {
        Path file = directory.resolve("note.json");
        String longText = "x".repeat(200_000);
        files.write(file, new Note(0, ""), Durability.PROCESS);
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        AtomicBoolean done = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            while (!done.get()) {
                seen.add(files.read(file, Note.class).orElseThrow().text().length());
            }
        });
        reader.start();
        for (int i = 0; i < 50; i++) {
            files.write(file, new Note(i, i % 2 == 0 ? longText : ""), Durability.PROCESS);
        }
        done.set(true);
        reader.join();
        assertThat(seen).isNotEmpty().isSubsetOf(0, longText.length());
    }

    @Test
    void aContainersStatusIsReadBackAsItWas() {
        Path file = directory.resolve("status.json");
        ContainerStatus status = Containers.running().stopRequested(true);
        files.write(file, status, Durability.PROCESS);
        assertThat(files.read(file, ContainerStatus.class)).contains(status);
    }

    private static java.util.List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
