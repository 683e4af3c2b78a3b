package dev.jcompose.cli.command;

import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Follows something through the lives of several engines: containers outlive theirs. */
final class AnyEngine {
    /** An engine that lives for less has been killed by what it is asked for, as likely as not. */
    private static final Duration SHORT_LIFE = Duration.ofSeconds(5);

    private static final int SHORT_LIVES = 3;

    private final Session session;
    private final BooleanSupplier unwanted;
    private int shortLives;

    AnyEngine(Session session) {
        this(session, () -> false);
    }

    /**
     * Asks for nothing yet.
     *
     * @param unwanted true when it need not go on with another engine
     */
    AnyEngine(Session session, BooleanSupplier unwanted) {
        this.session = session;
        this.unwanted = unwanted;
    }

    /** Does it with the engine of the moment, and again with the next one if that goes away meanwhile. */
    <T> T follow(Function<EngineApi, T> work) {
        return follow(session.engine(), work);
    }

    /**
     * Does it with this engine, and again with the next one if that goes away meanwhile.
     *
     * @throws EngineException if it fails otherwise, or engines do not live for long
     */
    <T> T follow(EngineApi first, Function<EngineApi, T> work) {
        EngineApi engine = first;
        while (true) {
            long began = System.nanoTime();
            try {
                return work.apply(engine);
            } catch (EngineException e) {
                boolean brief = System.nanoTime() - began < SHORT_LIFE.toNanos();
                shortLives = brief ? shortLives + 1 : 0;
                if (e.kind() != EngineException.Kind.LOST || unwanted.getAsBoolean() || shortLives > SHORT_LIVES) {
                    throw e;
                }
                session.warn("the engine went away; starting it again");
                engine = session.engine();
            }
        }
    }
}
