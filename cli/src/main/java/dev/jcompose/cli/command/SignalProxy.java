package dev.jcompose.cli.command;

import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.world.Registration;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.api.EngineException;
import java.util.List;

/**
 * Hands signals on to a container, instead of ending the command. Should the container not care, the third wish to end
 * is obeyed here.
 */
final class SignalProxy {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "USR1", "USR2", "CONT");
    private static final List<String> ENDING = List.of("INT", "TERM");
    private static final int PATIENCE = 3;

    private final EngineApi engine;
    private final String container;
    private final Thread command = Thread.currentThread();
    private int wishes;

    /** Hands nothing on yet; the calling thread is the one that is interrupted in the end. */
    SignalProxy(EngineApi engine, String container) {
        this.engine = engine;
        this.container = container;
    }

    /** Begins. */
    Registration begin(Session session) {
        return session.world().signals().onSignal(SIGNALS, name -> received(session, name));
    }

    private void received(Session session, String name) {
        if (ENDING.contains(name) && enough()) {
            session.err().println("got " + PATIENCE + " SIGTERM/SIGINTs, forcefully exiting");
            command.interrupt();
            return;
        }
        try {
            engine.containers().kill(container, name);
        } catch (EngineException e) {
            // It has ended, or has not begun: the command itself finds out.
            if (e.isFault()) {
                session.err().println("cannot pass on SIG" + name + ": " + e.getMessage());
            }
        }
    }

    private synchronized boolean enough() {
        return ++wishes >= PATIENCE;
    }
}
