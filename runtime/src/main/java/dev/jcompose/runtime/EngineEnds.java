package dev.jcompose.runtime;

import dev.jcompose.linux.Fd;
import org.jspecify.annotations.Nullable;

/**
 * The engine's ends of what a container that is being made is connected with.
 *
 * @param gate opens it when a byte is written
 * @param input keeps the container's standard input from ending; null if nothing needs to
 */
record EngineEnds(Fd gate, @Nullable Fd input) implements AutoCloseable {

    @Override
    public void close() {
        gate.close();
        if (input != null) {
            input.close();
        }
    }
}
