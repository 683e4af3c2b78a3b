package dev.jcompose.cli.output;

import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.EventListener;

/** Shows what the engine does, while it does it. Events may come from any thread. */
public interface Progress extends EventListener, AutoCloseable {

    /** Shows that something happened. */
    @Override
    void on(Event event);

    /** Says something that is about the whole, for example that it is being stopped. */
    void say(String text);

    /** Lets {@code print} write to the terminal, so that neither gets into the other's lines. */
    default void beside(Runnable print) {
        print.run();
    }

    /** Leaves what was shown as it is; nothing is shown any more. */
    @Override
    void close();
}
