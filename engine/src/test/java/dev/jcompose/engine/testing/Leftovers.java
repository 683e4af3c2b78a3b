package dev.jcompose.engine.testing;

import dev.jcompose.engine.core.Wiring;
import dev.jcompose.engine.home.EngineDirectories;
import dev.jcompose.linux.testing.HostSnapshot;
import java.nio.file.Path;

/** What the engine of a test has left on the host; other engines may run beside it. */
public final class Leftovers {
    private final HostSnapshot before;

    private Leftovers(Path directory) {
        EngineDirectories directories = new EngineDirectories(directory.resolve("data"), directory.resolve("run"));
        before = HostSnapshot.takeOf(
                Wiring.engineId(directories),
                directory,
                directories.run().resolve("containers"),
                directories.data().resolve("containers"),
                directories.data().resolve("networks"),
                directories.data().resolve("volumes"));
    }

    /** Looks at the host before an engine is made in that directory. */
    public static Leftovers before(Path directory) {
        return new Leftovers(directory);
    }

    /** Waits until nothing is left; the kernel removes some things with a delay. */
    public void awaitNone() {
        before.awaitNothingAdded();
    }
}
