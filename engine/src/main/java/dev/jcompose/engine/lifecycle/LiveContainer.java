package dev.jcompose.engine.lifecycle;

import dev.jcompose.engine.logs.LogWriter;
import dev.jcompose.engine.network.Connection;
import dev.jcompose.linux.epoll.EventLoop;
import dev.jcompose.runtime.RunningContainer;

/**
 * What the engine holds of a running container: all of it goes when the container ends.
 *
 * @param running its processes
 * @param log takes its output to the disk
 * @param connection its place in the networks
 * @param exitWatch calls the supervisor at its end
 */
public record LiveContainer(
        RunningContainer running, LogWriter log, Connection connection, EventLoop.Registration exitWatch) {

    /** The same with another place in the networks. */
    LiveContainer with(Connection changed) {
        return new LiveContainer(running, log, changed, exitWatch);
    }
}
