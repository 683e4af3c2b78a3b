package dev.jcompose.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FolderWatchTest {
    private static final Duration QUIET = Duration.ofMillis(50);
    private static final Duration MOST = Duration.ofSeconds(10);

    private final Linux linux = Linux.load();

    @TempDir
    Path temporary;

    private Path root = Path.of("/");

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(temporary.toRealPath().resolve("src"));
    }

    private FolderWatch watch() throws IOException {
        return FolderWatch.open(linux, List.of(root), directory -> directory.endsWith("node_modules"));
    }

    /** The changes up to that of a file that is made last, without it. */
    private Set<String> changes(FolderWatch watch) throws IOException, InterruptedException {
        Path last = Files.writeString(root.resolve("last-one"), "");
        Set<String> changes = new TreeSet<>();
        while (!changes.contains("last-one")) {
            watch.await(QUIET, MOST)
                    .forEach(path -> changes.add(root.relativize(path).toString()));
        }
        changes.remove("last-one");
        Files.delete(last);
        while (!watch.await(QUIET, MOST).contains(last)) {
            // Only that one is awaited.
        }
        return changes;
    }

    @Test
    void whatIsMadeChangedAndRemovedIsTold() throws Exception {
        Files.writeString(root.resolve("old"), "1");
        Files.writeString(root.resolve("gone"), "1");
        Files.writeString(root.resolve("script"), "1");
        Files.writeString(root.resolve("untouched"), "1");
        try (FolderWatch watch = watch()) {
            Files.writeString(root.resolve("new"), "1");
            Files.writeString(root.resolve("old"), "2", StandardOpenOption.APPEND);
            Files.setPosixFilePermissions(root.resolve("script"), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.createSymbolicLink(root.resolve("link"), Path.of("nowhere"));
            Files.delete(root.resolve("gone"));
            assertThat(changes(watch)).containsExactly("gone", "link", "new", "old", "script");
        }
    }

    @Test
    void newFoldersAreLookedIntoAndWatched() throws Exception {
        try (FolderWatch watch = watch()) {
            Files.createDirectories(root.resolve("a/b/c"));
            Files.writeString(root.resolve("a/b/c/file"), "1");
            assertThat(changes(watch)).containsExactly("a", "a/b", "a/b/c", "a/b/c/file");
            Files.writeString(root.resolve("a/b/c/file"), "2");
            assertThat(changes(watch)).containsExactly("a/b/c/file");
        }
    }

    @Test
    void aFolderThatMovesIsGoneHereAndNewThere() throws Exception {
        Files.createDirectories(root.resolve("a/b"));
        Files.writeString(root.resolve("a/b/file"), "1");
        try (FolderWatch watch = watch()) {
            Files.move(root.resolve("a"), root.resolve("z"));
            assertThat(changes(watch)).containsExactly("a", "z", "z/b", "z/b/file");
            Files.writeString(root.resolve("z/b/file"), "2");
            assertThat(changes(watch)).containsExactly("z/b/file");
        }
    }

    @Test
    void aFolderThatMovesAwayIsWatchedNoLongerAndOneThatMovesInIs() throws Exception {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        Files.createDirectory(root.resolve("a"));
        try (FolderWatch watch = watch()) {
            Files.move(root.resolve("a"), outside.resolve("a"));
            assertThat(changes(watch)).containsExactly("a");
            Files.writeString(outside.resolve("a/file"), "1");
            assertThat(changes(watch)).isEmpty();
            Files.move(outside.resolve("a"), root.resolve("b"));
            assertThat(changes(watch)).containsExactly("b", "b/file");
        }
    }

    @Test
    void foldersThatNobodyWantsAreNotLookedInto() throws Exception {
        Files.createDirectories(root.resolve("node_modules/x"));
        try (FolderWatch watch = watch()) {
            Files.writeString(root.resolve("node_modules/x/y"), "1");
            Files.writeString(root.resolve("wanted"), "1");
            assertThat(changes(watch)).containsExactly("wanted");
        }
    }

    @Test
    void aFileMayBeWatchedAlone() throws Exception {
        Path file = Files.writeString(root.resolve("package.json"), "1");
        try (FolderWatch watch = FolderWatch.open(linux, List.of(file), directory -> false)) {
            Files.writeString(root.resolve("beside"), "1");
            // As editors do it: a new file in the place of the old one.
            Path fresh = Files.writeString(root.resolve("new"), "2");
            Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertThat(watch.await(QUIET, MOST)).containsExactly(file);
            Files.writeString(file, "3");
            assertThat(watch.await(QUIET, MOST)).containsExactly(file);
        }
    }

    @Test
    void aFolderMayComeLaterAndGoAndComeBack() throws Exception {
        Path later = root.resolve("a/b/c");
        try (FolderWatch watch = FolderWatch.open(linux, List.of(later), directory -> false)) {
            Files.createDirectories(later);
            awaitChange(watch, later);
            Files.writeString(later.resolve("file"), "1");
            awaitChange(watch, later.resolve("file"));
            Files.delete(later.resolve("file"));
            awaitChange(watch, later.resolve("file"));
            Files.delete(later);
            Files.delete(later.getParent());
            awaitChange(watch, later);
            Files.createDirectories(later);
            Files.writeString(later.resolve("again"), "1");
            awaitChange(watch, later.resolve("again"));
        }
    }

    private static void awaitChange(FolderWatch watch, Path path) throws IOException, InterruptedException {
        while (!watch.await(QUIET, MOST).contains(path)) {
            // Others come before it.
        }
    }

    @Test
    void whenTheQueueRunsOverTheWholeTreeIsComparedWithWhatItWas() throws Exception {
        int queue = Integer.parseInt(Setting.read(Path.of("/proc/sys/fs/inotify/max_queued_events")));
        Files.createDirectories(root.resolve("old/inner"));
        Files.writeString(root.resolve("old/inner/file"), "1");
        Files.writeString(root.resolve("changed"), "1");
        Files.writeString(root.resolve("untouched"), "1");
        try (FolderWatch watch = watch()) {
            CountDownLatch full = new CountDownLatch(1);
            watch.inLoop(() -> {
                try {
                    full.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            for (int i = 0; i < queue / 2 + 10; i++) {
                Files.delete(Files.createFile(root.resolve("noise" + i)));
            }
            Files.move(root.resolve("old"), root.resolve("moved"));
            Files.writeString(root.resolve("changed"), "22");
            Files.createDirectories(root.resolve("new/inner"));
            Files.writeString(root.resolve("new/inner/file"), "1");
            full.countDown();

            Set<String> changes = changes(watch);
            changes.removeIf(name -> name.startsWith("noise"));
            assertThat(changes)
                    .containsExactly(
                            "changed",
                            "moved",
                            "moved/inner",
                            "moved/inner/file",
                            "new",
                            "new/inner",
                            "new/inner/file",
                            "old");
            Files.writeString(root.resolve("moved/inner/file"), "2");
            Files.writeString(root.resolve("new/inner/file"), "2");
            assertThat(changes(watch)).containsExactly("moved/inner/file", "new/inner/file");
        }
    }

    @Test
    void aBurstOfChangesComesInOnePiece() throws Exception {
        try (FolderWatch watch = watch()) {
            for (int i = 0; i < 100; i++) {
                Files.writeString(root.resolve("file" + i), "1");
            }
            assertThat(watch.await(Duration.ofSeconds(1), MOST)).hasSize(100);
        }
    }

    @Test
    void whoWaitsCanBeInterrupted() throws Exception {
        try (FolderWatch watch = watch()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> watch.await(QUIET, MOST)).isInstanceOf(InterruptedException.class);
        }
    }
}
