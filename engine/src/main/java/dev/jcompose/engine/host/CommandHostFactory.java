package dev.jcompose.engine.host;

import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.linux.Linux;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes the host of an engine. */
@FunctionalInterface
public interface CommandHostFactory {

    /**
     * Makes it; null if no commands are to be run.
     *
     * @param pool of threads for whatever must wait; it grows
     * @param stop begins to stop the engine and returns at once
     */
    @Nullable
    CommandHost create(EngineApi engine, Linux linux, Executor pool, Runnable stop);
}
