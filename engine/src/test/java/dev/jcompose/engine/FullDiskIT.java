package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.NetworkOperations;
import dev.jcompose.engine.api.NetworkRequest;
import dev.jcompose.engine.testing.Leftovers;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Mount;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file systems of the engine's two directories are small, and full at times. */
@RequiresRoot
class FullDiskIT {
    private static final String STACK = """
            services:
              web:
                image: localhost/host
                command: bash -c 'until [ -e /go ]; do sleep 0.02; done; for i in {1..200000}; do echo line $$i; done; exec sleep 1000'
                volumes: [/own]
                restart: always
            """;

    private static final NetworkRequest NEW_NETWORK =
            new NetworkRequest("new", "", false, false, null, null, List.of(), Map.of(), Map.of());

    @TempDir
    private Path directory;

    private final Linux linux = Linux.load();
    private Leftovers leftovers;
    private TestEngine engine;

    @BeforeEach
    void startTheEngine() throws IOException {
        leftovers = Leftovers.before(directory);
        for (String name : new String[] {"data", "run"}) {
            Path place = Files.createDirectory(directory.resolve(name));
            linux.mounts().mount("tmpfs", place.toString(), "tmpfs", 0, "size=16m,mode=700");
        }
        engine = new TestEngine(directory);
    }

    @AfterEach
    void nothingIsLeftAfterDown() throws IOException {
        engine.down();
        engine.close();
        for (String name : new String[] {"data", "run"}) {
            linux.mounts().umount2(directory.resolve(name).toString(), Mount.MNT_DETACH);
        }
        leftovers.awaitNone();
    }

    @Test
    void anUpSaysWhichFileCannotBeWrittenAndLeavesNothingAndSucceedsWhenThereIsRoom() throws Exception {
        Path filler = fill("data");
        assertThatThrownBy(() -> engine.up(directory, STACK))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll(directory.resolve("data").toString(), "No space left on device");
        assertThat(engine.engine().containers().list(Optional.empty())).isEmpty();
        Files.delete(filler);
        engine.up(directory, STACK);
        assertThat(engine.container("p-web-1").state()).isEqualTo("running");
    }

    @Test
    void aStartWithoutRoomInTheRunDirectoryFailsLikewise() throws Exception {
        Path filler = fill("run");
        assertThatThrownBy(() -> engine.up(directory, STACK))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll(directory.resolve("run").toString(), "No space left on device");
        Files.delete(filler);
        engine.up(directory, STACK);
        assertThat(engine.container("p-web-1").state()).isEqualTo("running");
    }

    @Test
    void aContainerWaitsUntilItsLogCanBeWrittenAndNoLineIsLost() throws Exception {
        engine.up(directory, STACK);
        Path filler = fill("data");
        assertThat(engine.exec("p-web-1", "touch", "/go")).isEqualTo("0: ");
        await().until(() -> isBlockedWriting("p-web-1"));
        assertThat(engine.logs()).hasSizeLessThan(200_000);
        Files.delete(filler);
        await().until(() -> engine.logs().size() == 200_000);
        assertThat(engine.logs())
                .isEqualTo(IntStream.rangeClosed(1, 200_000)
                        .mapToObj(i -> "web-1 STDOUT line " + i)
                        .toList());
    }

    @Test
    void aNetworkThatCannotBeWrittenDownIsNotMade() throws Exception {
        Path filler = fill("data");
        NetworkOperations networks = engine.engine().networks();
        assertThatThrownBy(() -> networks.create(NEW_NETWORK))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll(directory.resolve("data").toString(), "No space left on device");
        assertThat(networks.list()).noneMatch(network -> network.name().equals("new"));
        Files.delete(filler);
        networks.create(NEW_NETWORK);
        networks.remove("new");
    }

    @Test
    void whatRunsCanBeStoppedAndRemovedWhileThereIsNoRoom() throws Exception {
        engine.up(directory, STACK);
        fill("data");
        fill("run");
        engine.engine().projects().stop(TestEngine.services(), engine.listener());
        assertThat(engine.container("p-web-1").state()).isEqualTo("exited");
        engine.down();
        assertThat(engine.engine().containers().list(Optional.empty())).isEmpty();
    }

    /** Its first process is in write(2) of its standard output: number 1 on x86-64, 64 on aarch64. */
    private boolean isBlockedWriting(String container) {
        return engine.exec(container, "cat", "/proc/1/syscall").matches("(?s)0: (1|64) 0x1 .*");
    }

    /** Nothing more can be written there until the file that is returned has gone. */
    private Path fill(String name) throws IOException {
        Path filler = directory.resolve(name).resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            return filler;
        }
    }
}
