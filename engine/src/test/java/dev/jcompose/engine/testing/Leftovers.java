package dev.jcompose.engine.testing;

import dev.jcompose.engine.core.Wiring;
import dev.jcompose.engine.home.EngineDirectories;
import dev.jcompose.linux.testing.HostSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * What the engine of a test has left on the host. Looks only at what belongs to that engine: its directories, mounts,
 * cgroups, table, processes, and the interfaces that carry its name; other engines may run beside it.
 */
public final class Leftovers {
    private static final Path INTERFACES = Path.of("/sys/class/net");

    private final Path directory;
    private final String engine;
    private final HostSnapshot before;

    private Leftovers(Path directory) {
        this.directory = directory;
        EngineDirectories directories = new EngineDirectories(directory.resolve("data"), directory.resolve("run"));
        engine = Wiring.engineId(directories);
        before = HostSnapshot.takeOf(
                engine,
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
        Awaitility.await().pollInSameThread().until(this::found, List::isEmpty);
    }

    private List<String> found() {
        return before.added().stream().filter(this::isOurs).toList();
    }

    private boolean isOurs(String line) {
        if (line.startsWith("interface ")) {
            return alias(line.substring("interface ".length())).contains(engine);
        }
        return line.contains(engine) || line.contains(directory.toString()) || line.startsWith("process ");
    }

    private static String alias(String name) {
        try {
            return Files.readString(INTERFACES.resolve(name).resolve("ifalias"));
        } catch (IOException gone) {
            return "";
        }
    }
}
