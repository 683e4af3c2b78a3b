package dev.jcompose.cli.command;

import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import java.util.function.Function;

/** Follows something through the lives of several engines: containers outlive theirs. */
final class AnyEngine {
    private final Session session;

    AnyEngine(Session session) {
        this.session = session;
    }

    /** Does it with the engine of the moment, and again with the next one if that goes away meanwhile. */
    <T> T follow(Function<EngineApi, T> work) {
        EngineApi engine = session.engine();
        while (true) {
            try {
                return work.apply(engine);
            } catch (EngineException e) {
                if (Thread.currentThread().isInterrupted()
                        || session.world().engine().running().isPresent()) {
                    throw e;
                }
                session.warn("the engine went away; starting it again");
                engine = session.engine();
            }
        }
    }
}
