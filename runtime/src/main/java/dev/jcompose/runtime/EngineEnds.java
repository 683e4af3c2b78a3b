package dev.jcompose.runtime;

import dev.jcompose.linux.Fd;
import org.jspecify.annotations.Nullable;

/**
 * The engine's ends of what a container that is being made is connected with.
 *
 * @param gate opens it when a byte is written
 * @param input keeps the container's standard input from ending; null if nothing needs to
 * @param channel brings the sockets of its network; null if none are wanted
 */
record EngineEnds(Fd gate, @Nullable Fd input, @Nullable Fd channel) implements AutoCloseable {

    void closeChannel() {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void close() {
        gate.close();
        closeChannel();
        if (input != null) {
            input.close();
        }
    }
}
