package dev.jcompose.cli.hosted;

import dev.jcompose.cli.Jcompose;
import dev.jcompose.cli.RefusedCommandException;
import dev.jcompose.cli.delegate.Frame;
import dev.jcompose.cli.process.LostOutput;
import dev.jcompose.cli.project.RecentProjects;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.world.Signals;
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
import java.time.Clock;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Executor;

/**
 * Runs the commands of clients. Declines those that would not do here what they do in the client's own process: when
 * the client is of another build, sees other files, or has a command that must outlive the engine.
 */
public final class HostedCommands implements CommandHost {
    private final EngineApi engine;
    private final Linux linux;
    private final Executor pool;
    private final RecentProjects projects = new RecentProjects(Clock.systemUTC());
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
        if (!isOfThisBuild(request.string("ClassPath")) || !client.isLikeThisOne()) {
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
                new ClientTerminal(linux, client, frames::tellSettings),
                signals,
                new ClientClock(environment.getOrDefault("TZ", "")),
                new EngineItself(engine),
                projects);
        try (CommandThread thread = new CommandThread()) {
            pool.execute(new ClientReader(in, input, signals, thread::interrupt));
            int code = new Jcompose(world).run(command -> !command.outlivesEngine());
            frames.send(Frame.EXIT, new byte[] {(byte) code});
        } catch (RefusedCommandException e) {
            frames.send(Frame.DECLINED, "");
        }
    }

    @Override
    public OptionalInt runFor(Peer peer, InputStream in) {
        ClientProcess client = new ClientProcess(peer.pid());
        try (StandIn standIn = StandIn.of(linux, client)) {
            return isOfThisBuild(standIn.classPath()) && client.isLikeThisOne() && standIn.isBlocking(linux)
                    ? OptionalInt.of(run(client, standIn, in))
                    : OptionalInt.empty();
        } catch (IOException | RefusedCommandException e) {
            return OptionalInt.empty();
        }
    }

    private int run(ClientProcess client, StandIn standIn, InputStream in) {
        DescriptorOutput out = new DescriptorOutput(linux, standIn.out());
        World world = new World(
                standIn.arguments(),
                standIn.directory(),
                standIn.environment(),
                new RefusedInput(),
                print(out),
                print(new DescriptorOutput(linux, standIn.err())),
                new ClientTerminal(linux, client, settings -> {}),
                Signals.NONE,
                new ClientClock(standIn.environment().getOrDefault("TZ", "")),
                new EngineItself(engine),
                projects);
        try (CommandThread thread = new CommandThread()) {
            pool.execute(() -> interruptAtEnd(in, thread));
            int code = new Jcompose(world).run(command -> command instanceof Query && !command.outlivesEngine());
            return out.lost().map(lost -> ended(lost, world.err())).orElse(code);
        }
    }

    private static int ended(LostOutput lost, PrintStream err) {
        lost.complaint().ifPresent(err::println);
        err.flush();
        return lost.exitCode();
    }

    @SuppressWarnings("EmptyCatch") // a broken connection is an end
    private static void interruptAtEnd(InputStream in, CommandThread thread) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // It was not closed in order.
        }
        thread.interrupt();
    }

    /** The same jars, and they are still what they were when this process started. */
    private boolean isOfThisBuild(String clientClassPath) {
        return clientClassPath.equals(classPath) && BuildId.current().equals(buildId);
    }

    private static PrintStream print(OutputStream out) {
        return new PrintStream(out, false, StandardCharsets.UTF_8);
    }
}
