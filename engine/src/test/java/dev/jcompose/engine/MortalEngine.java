package dev.jcompose.engine;

import dev.jcompose.engine.lifecycle.Failpoint;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.NativeKernel;
import dev.jcompose.linux.Sched;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * An engine that kills itself with SIGKILL at a place that a file names, {@code place#n} for the n-th time it comes
 * there. It writes all places down that it comes to.
 */
final class MortalEngine implements Failpoint {
    private final Path order;
    private final Path places;
    private final Map<String, Integer> visits = new HashMap<>();
    private String last = "";

    private MortalEngine(Path directory) {
        order = order(directory);
        places = places(directory);
    }

    static Path order(Path directory) {
        return directory.resolve("die-at");
    }

    static Path places(Path directory) {
        return directory.resolve("places");
    }

    public static void main(String[] arguments) throws Exception {
        EngineMain.run((engine, linux, pool, stop) -> null, new MortalEngine(Path.of(arguments[0])));
    }

    @Override
    public synchronized void reached(String place) {
        try {
            String now = Files.exists(order) ? Files.readString(order) : "";
            if (!now.equals(last)) {
                visits.clear();
                last = now;
            }
            // The name of an anonymous volume is another one each time.
            String kind = place.replaceAll("[0-9a-f]{64}", "anonymous");
            String visit = kind + "#" + visits.merge(kind, 1, Integer::sum);
            Files.writeString(places, visit + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (visit.equals(now)) {
                die();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void die() throws IOException {
        Linux linux = new Linux(new NativeKernel());
        try (Fd self = linux.processes().pidfdOpen((int) ProcessHandle.current().pid())) {
            linux.processes().pidfdSendSignal(self, Sched.SIGKILL);
        }
    }
}
