package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.testing.Leftovers;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The process that becomes a container, or the one that watches over it, is killed by somebody. */
@RequiresRoot
class KilledLaunchIT {
    private static final String STACK = """
            services:
              web: {image: localhost/host, command: sleep 1000, ports: ["127.0.0.1::80"], volumes: [/own]}
            """;

    @TempDir
    private Path directory;

    private final AtomicReference<String> place = new AtomicReference<>("");
    private final AtomicReference<String> victim = new AtomicReference<>("");
    private Set<Long> before;
    private Leftovers leftovers;
    private TestEngine engine;

    @BeforeEach
    void startTheEngine() throws IOException {
        before = ProcessHandle.current().descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
        leftovers = Leftovers.before(directory);
        engine = new TestEngine(directory, this::reached);
    }

    @AfterEach
    void nothingIsLeftAfterDown() throws IOException {
        engine.down();
        engine.close();
        leftovers.awaitNone();
    }

    private void reached(String now) {
        if (now.equals(place.get())) {
            place.set("");
            String who = Objects.requireNonNull(victim.get());
            if (who.isEmpty()) {
                throw new IllegalStateException("as if it could not be given back");
            }
            kill(who);
        }
    }

    /** The launch program of a container stays as its monitor, and the container's first process is its child. */
    private void kill(String who) {
        ProcessHandle.current()
                .children()
                .filter(process -> !before.contains(process.pid()))
                .flatMap(monitor -> who.equals("monitor") ? Stream.of(monitor) : monitor.children())
                .forEach(victim -> {
                    victim.destroyForcibly();
                    await().until(() -> hasEnded(victim));
                });
    }

    /** Also if nobody has waited for it yet: see proc_pid_stat(5). */
    private static boolean hasEnded(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/stat")).contains(") Z ");
        } catch (IOException gone) {
            return true;
        }
    }

    @Test
    void theEndOfAContainerIsNoticedThoughNotAllCanBeGivenBack() throws Exception {
        engine.up(directory, STACK);
        place.set("end: disconnected");
        engine.engine().projects().stop(TestEngine.services(), engine.listener());
        assertThat(engine.container("p-web-1").state()).isEqualTo("exited");
        engine.engine().projects().start(TestEngine.services(), engine.listener());
        assertThat(engine.container("p-web-1").state()).isEqualTo("running");
    }

    @ParameterizedTest
    @CsvSource({
        "start: at the gate, monitor",
        "start: at the gate, container",
        "start: connected, monitor",
        "start: connected, container",
        "start: noted, monitor",
        "start: noted, container",
    })
    void theStartFailsAndSaysSoOrTheEndIsNoticedAndTheNextStartSucceeds(String where, String who) throws Exception {
        place.set(where);
        victim.set(who);
        assertThatThrownBy(() -> engine.up(directory, STACK))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("p-web-1", "killed");
        assertThat(place.get()).isEmpty();
        assertThat(engine.container("p-web-1").state()).isEqualTo("created");
        engine.up(directory, STACK);
        assertThat(engine.container("p-web-1").state()).isEqualTo("running");
    }

    @Test
    void theEndOfAMonitorIsTheEndOfItsContainer() throws Exception {
        engine.up(directory, STACK);
        kill("monitor");
        await().untilAsserted(
                        () -> assertThat(engine.container("p-web-1").state()).isEqualTo("exited"));
        assertThat(engine.container("p-web-1").exitCode()).isEqualTo(255);
    }
}
