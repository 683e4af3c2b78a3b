package dev.jcompose.engine.server;

import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.host.CommandHost;
import dev.jcompose.engine.server.compose.ComposeRoutes;
import dev.jcompose.engine.server.compose.RunCommand;
import dev.jcompose.engine.server.compose.RunForStandIn;
import dev.jcompose.engine.server.docker.DockerRoutes;
import dev.jcompose.engine.server.http.HttpServer;
import dev.jcompose.engine.server.http.Router;
import dev.jcompose.engine.standin.StandInProgram;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Serves an engine on a unix socket: Docker's API, and what is ours under {@code /compose}. */
public final class ApiServer implements AutoCloseable {
    private final HttpServer server;

    private ApiServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Begins to serve.
     *
     * @param commands runs the commands of clients; null for an engine that does not
     * @param socket the path of the socket, made with mode 0600, in a directory that exists
     * @param group of epoll event loops; stays the caller's
     * @param pool runs the engine's blocking methods. A request keeps a thread for as long as it takes (a stream as
     *     long as its client listens, an exec keeps two), so the pool must grow with them
     * @param stop begins to stop the engine and returns at once: a client has asked for it. Called on an event loop
     * @param linux looks whether clients are still there
     * @throws IOException if the socket cannot be made
     */
    public static ApiServer start(
            EngineApi engine,
            @Nullable CommandHost commands,
            Path socket,
            EventLoopGroup group,
            Executor pool,
            Clock clock,
            Runnable stop,
            Linux linux)
            throws IOException {
        Router.Builder routes = Router.builder();
        ComposeRoutes.add(DockerRoutes.add(routes, engine, pool, clock), engine, stop);
        if (commands != null) {
            routes.route("POST", "/compose/command", new RunCommand(commands));
            routes.route("POST", StandInProgram.ENDPOINT, new RunForStandIn(commands));
        }
        return new ApiServer(
                HttpServer.listen(socket, group, routes.build(), pool, descriptor -> isHungUp(linux, descriptor)));
    }

    private static boolean isHungUp(Linux linux, int descriptor) {
        try {
            return linux.events().isHungUp(descriptor);
        } catch (ErrnoException e) {
            // Whoever cannot be looked at is found out with the next write.
            return false;
        }
    }

    /** How many requests are being handled; the engine does not leave while there are any. */
    public int openRequests() {
        return server.openRequests();
    }

    /** Stops listening and removes the socket. Requests that are being handled go on. */
    @Override
    public void close() throws IOException {
        server.close();
    }
}
