package dev.jcompose.cli.hosted;

import dev.jcompose.cli.Jcompose;
import dev.jcompose.cli.RefusedCommandException;
import dev.jcompose.cli.delegate.Frame;
import dev.jcompose.cli.world.World;
import dev.jcompose.engine.api.EngineApi;
import dev.jcompose.engine.home.BuildId;
import dev.jcompose.engine.host.CommandHost;
import dev.jcompose.engine.host.Peer;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Runs the commands of clients. Declines those that would not do here what they do in the client's own process: when
 * the client is of another build, sees other files, or has a command that must outlive the engine.
 */
public final class HostedCommands implements CommandHost {
    private final EngineApi engine;
    private final Linux linux;
    private final Executor pool;
    private final String buildId = BuildId.current();
    private final String classPath = System.getProperty("java.class.path", "");

    /** {@code stop} is not needed: a command that stops the engine runs in its client. */
    public HostedCommands(EngineApi engine, Linux linux, Executor pool, Runnable stop) {
        this.engine = engine;
        this.linux = linux;
        this.pool = pool;
    }

    @Override
    public void run(JsonObject request, Peer peer, InputStream in, OutputStream out) throws IOException {
        ClientFrames frames = new ClientFrames(out);
        ClientProcess client = new ClientProcess(peer.pid());
        if (!isOfThisBuild(request) || !client.isLikeThisOne()) {
            frames.send(Frame.DECLINED, "");
            return;
        }
        Map<String, String> environment = request.stringMap("Environment");
        ClientInput input = new ClientInput(frames);
        ClientSignals signals = new ClientSignals(frames);
        World world = new World(
                request.strings("Arguments"),
                Path.of(request.string("Directory")),
                environment,
                input,
                print(frames.stream(Frame.STDOUT)),
                print(frames.stream(Frame.STDERR)),
                new ClientTerminal(linux, client, frames),
                signals,
                new ClientClock(environment.getOrDefault("TZ", "")),
                new EngineItself(engine));
        try (CommandThread thread = new CommandThread()) {
            pool.execute(new ClientReader(in, input, signals, thread::interrupt));
            int code = new Jcompose(world).run(command -> !command.outlivesEngine());
            frames.send(Frame.EXIT, new byte[] {(byte) code});
        } catch (RefusedCommandException e) {
            frames.send(Frame.DECLINED, "");
        }
    }

    /** The same jars, and they are still what they were when this process started. */
    private boolean isOfThisBuild(JsonObject request) {
        return request.string("ClassPath").equals(classPath)
                && BuildId.current().equals(buildId);
    }

    private static PrintStream print(OutputStream out) {
        return new PrintStream(out, false, StandardCharsets.UTF_8);
    }
}
