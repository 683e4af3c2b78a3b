package dev.jcompose.engine.testing;

import dev.jcompose.engine.api.UpRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with an engine of its own, which ends by taking project {@code p} down and finding that nothing is left. */
public abstract class EngineScenario {
    @TempDir
    private Path directory;

    private Leftovers leftovers;
    private TestEngine engine;

    @BeforeEach
    void startTheEngine() throws IOException {
        leftovers = Leftovers.before(directory);
        engine = new TestEngine(directory);
    }

    @AfterEach
    void nothingIsLeftAfterDown() throws IOException {
        engine.down();
        engine.close();
        leftovers.awaitNone();
    }

    /** The engine that runs now. */
    protected final TestEngine engine() {
        return engine;
    }

    /** The project's directory. */
    protected final Path directory() {
        return directory;
    }

    /** Brings the file up. */
    protected final void up(String compose) throws IOException {
        engine.up(directory, compose);
    }

    /** The usual request for the file. */
    protected final UpRequest request(String compose) throws IOException {
        return UpRequest.of(TestEngine.canonical(directory, compose));
    }

    /** The container's state and exit code, {@code exited 3}. */
    protected final String state(String container) {
        var summary = engine.container(container);
        return summary.state() + (summary.state().equals("exited") ? " " + summary.exitCode() : "");
    }

    /** Whether there are containers at all. */
    protected final boolean hasContainers() {
        return !engine.engine().containers().list(Optional.empty()).isEmpty();
    }

    /** The engine dies, and does something about nothing. */
    protected final void killEngine() throws IOException {
        engine.close();
    }

    /** Another engine takes over. */
    protected final void startAnotherEngine() throws IOException {
        engine = new TestEngine(directory);
    }
}
