package dev.jcompose.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.linux.InotifyCalls.InotifyEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InotifyCallsTest {
    private final Linux linux = Linux.load();

    @TempDir
    Path directory;

    @Test
    void eventsNameTheFileAndWhatHappenedToIt() throws IOException {
        try (Fd inotify = linux.inotify().init()) {
            int watch = linux.inotify()
                    .addWatch(
                            inotify,
                            directory.toString(),
                            InotifyCalls.IN_CREATE | InotifyCalls.IN_MOVED_FROM | InotifyCalls.IN_MOVED_TO);
            Files.createDirectory(directory.resolve("a directory"));
            Files.writeString(directory.resolve("größe"), "");
            Files.move(directory.resolve("größe"), directory.resolve("b"));

            List<InotifyEvent> events = read(inotify);
            assertThat(events).extracting(InotifyEvent::name).containsExactly("a directory", "größe", "größe", "b");
            assertThat(events).extracting(InotifyEvent::watch).containsOnly(watch);
            assertThat(events.get(0).mask()).isEqualTo(InotifyCalls.IN_CREATE | InotifyCalls.IN_ISDIR);
            assertThat(events.get(2).is(InotifyCalls.IN_MOVED_FROM)).isTrue();
            assertThat(events.get(3).is(InotifyCalls.IN_MOVED_TO)).isTrue();
            assertThat(events.get(3).cookie()).isEqualTo(events.get(2).cookie()).isNotZero();
        }
    }

    @Test
    void aWatchThatIsRemovedSaysSo() throws IOException {
        try (Fd inotify = linux.inotify().init()) {
            int watch = linux.inotify().addWatch(inotify, directory.toString(), InotifyCalls.IN_CREATE);
            linux.inotify().removeWatch(inotify, watch);
            assertThat(read(inotify)).containsExactly(new InotifyEvent(watch, InotifyCalls.IN_IGNORED, 0, ""));
            assertThatThrownBy(() -> linux.inotify().removeWatch(inotify, watch))
                    .hasMessageContaining("EINVAL");
        }
    }

    @Test
    void aFileIsNoDirectoryToWatch() throws IOException {
        String file = Files.writeString(directory.resolve("file"), "").toString();
        try (Fd inotify = linux.inotify().init()) {
            assertThatThrownBy(() ->
                            linux.inotify().addWatch(inotify, file, InotifyCalls.IN_CREATE | InotifyCalls.IN_ONLYDIR))
                    .hasMessageContaining(file)
                    .hasMessageContaining("ENOTDIR");
        }
    }

    private List<InotifyEvent> read(Fd inotify) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4096).order(ByteOrder.nativeOrder());
        int count = linux.files().read(inotify, buffer);
        assertThat(buffer.position()).isEqualTo(count);
        return InotifyCalls.events(buffer);
    }
}
