package dev.jcompose.cli.watch;

import dev.jcompose.engine.api.EngineApi;
import java.util.Set;

/** Builds images again, and replaces the containers. */
@FunctionalInterface
public interface Rebuild {

    /**
     * Does it.
     *
     * @throws dev.jcompose.engine.api.EngineException when the image cannot be built, or the container replaced
     */
    void run(EngineApi engine, Set<String> services);
}
