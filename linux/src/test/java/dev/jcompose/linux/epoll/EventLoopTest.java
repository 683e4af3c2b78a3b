package dev.jcompose.linux.epoll;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventLoopTest {
    private final Linux linux = Linux.load();

    @Test
    void aReadyDescriptorReachesItsHandler() throws Exception {
        CompletableFuture<String> read = new CompletableFuture<>();
        try (EventLoop loop = new EventLoop(linux, "test-loop");
                EventCalls.Pipe pipe = linux.events().pipe2(0);
                EventLoop.Registration registration =
                        loop.register(pipe.readEnd(), EventCalls.EPOLLIN, events -> read.complete(readAll(pipe)))) {
            linux.files().writeFully(pipe.writeEnd(), "ready".getBytes(UTF_8));
            assertThat(read.get(60, TimeUnit.SECONDS)).isEqualTo("ready");
            assertThat(registration).isNotNull();
        }
    }

    @Test
    void tasksRunOnTheLoopAndAFailingOneDoesNotEndIt() throws Exception {
        try (EventLoop loop = new EventLoop(linux, "test-loop")) {
            CompletableFuture<String> name = new CompletableFuture<>();
            loop.execute(() -> Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> {}));
            loop.execute(() -> {
                throw new IllegalStateException("on purpose");
            });
            loop.execute(() -> name.complete(Thread.currentThread().getName()));
            assertThat(name.get(60, TimeUnit.SECONDS)).isEqualTo("test-loop");
        }
    }

    private String readAll(EventCalls.Pipe pipe) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(64);
        try {
            linux.files().read(pipe.readEnd(), bytes);
        } catch (ErrnoException e) {
            throw new IllegalStateException(e);
        }
        return UTF_8.decode(bytes.flip()).toString();
    }

    @Test
    void closingALoopTwiceOverManyRoundsLeaksNoDescriptors() throws IOException {
        long before = descriptors();
        for (int i = 0; i < 20; i++) {
            new EventLoop(linux, "test-loop").close();
        }
        assertThat(descriptors()).isLessThanOrEqualTo(before + 2);
    }

    private static long descriptors() throws IOException {
        try (var files = java.nio.file.Files.list(java.nio.file.Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
