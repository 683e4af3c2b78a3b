package dev.jcompose.cli.watch;

import dev.jcompose.cli.copy.LocalPacking;
import dev.jcompose.cli.copy.StreamBridge;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.EngineApi;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Brings files into containers, and removes those that are gone; the container's user owns them there. */
final class Syncing {
    private final EngineApi engine;

    Syncing(EngineApi engine) {
        this.engine = engine;
    }

    /** {@code targets}: from the host's path to the container's. */
    void run(Collection<ContainerSummary> containers, Map<Path, String> targets) throws IOException {
        List<String> gone = targets.entrySet().stream()
                .filter(entry -> !Files.exists(entry.getKey(), LinkOption.NOFOLLOW_LINKS))
                .map(Map.Entry::getValue)
                .toList();
        for (ContainerSummary container : containers) {
            if (!gone.isEmpty()) {
                engine.containers().erase(container.id(), gone);
            }
            if (gone.size() < targets.size()) {
                try (StreamBridge bridge = StreamBridge.from(out -> pack(targets, out))) {
                    engine.containers().copyTo(container.id(), "/", bridge.input(), false, true);
                    bridge.check();
                }
            }
        }
    }

    private static void pack(Map<Path, String> targets, OutputStream out) throws IOException {
        try (LocalPacking packing = new LocalPacking(out)) {
            for (Map.Entry<Path, String> entry : targets.entrySet()) {
                pack(packing, entry.getKey(), entry.getValue().substring(1));
            }
        }
    }

    @SuppressWarnings("EmptyCatch") // it has gone since: that is a change of its own
    private static void pack(LocalPacking packing, Path file, String name) throws IOException {
        try {
            if (!name.isEmpty()) {
                packing.addAlone(file, name);
            }
        } catch (NoSuchFileException e) {
            // The next batch of changes has it.
        }
    }
}
