package dev.jcompose.cli;

import dev.jcompose.cli.process.EngineOfThisUser;
import dev.jcompose.cli.process.FastStart;
import dev.jcompose.cli.process.LocalClock;
import dev.jcompose.cli.process.ProcessSignals;
import dev.jcompose.cli.process.ProcessTerminal;
import dev.jcompose.cli.world.World;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The process that {@code ./jcompose} starts; the only class that looks at the process it runs in. */
public final class Main {
    private Main() {}

    /** Runs the command that {@code args} name and exits with its code. */
    public static void main(String[] args) {
        FastStart.prepare();
        Map<String, String> environment = System.getenv();
        World world = new World(
                List.of(args),
                Path.of("").toAbsolutePath(),
                environment,
                // A channel, so that a thread which reads can be interrupted.
                Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel()),
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                new ProcessTerminal(),
                new ProcessSignals(),
                new LocalClock(),
                EngineOfThisUser.of(environment, System.getProperties()));
        int code = new Jcompose(world).run();
        // Not System.exit: since 21 that looks for a logger in every jar. All that runs on is daemon threads, so
        // success
        // is to return; and everything is flushed, so failure is to stop.
        if (code != 0) {
            Runtime.getRuntime().halt(code);
        }
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
