package dev.jcompose.cli.hosted;

import dev.jcompose.cli.world.EngineAccess;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineVersion;
import java.util.Optional;

/** The engine of this process. */
record EngineItself(EngineApi engine) implements EngineAccess {

    @Override
    public EngineApi connect() {
        return engine;
    }

    @Override
    public Optional<EngineVersion> running() {
        return Optional.of(engine.version());
    }

    @Override
    public boolean stop(boolean force) {
        throw new IllegalStateException("an engine is not stopped by a command that runs in it");
    }
}
