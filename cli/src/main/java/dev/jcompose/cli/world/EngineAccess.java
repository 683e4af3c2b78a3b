package dev.jcompose.cli.world;

import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineVersion;
import java.util.Optional;

/** The way to the engine. Nothing happens before a command asks. */
public interface EngineAccess {

    /**
     * The engine, started if none runs.
     *
     * @throws EngineException saying why it cannot be started
     */
    EngineApi connect();

    /** Who answers now; nothing is started. */
    Optional<EngineVersion> running();

    /**
     * Asks the engine to leave; containers run on.
     *
     * @param force also while containers run
     * @return false if none runs
     * @throws EngineException of kind CONFLICT if containers run and it is not forced
     */
    boolean stop(boolean force);
}
