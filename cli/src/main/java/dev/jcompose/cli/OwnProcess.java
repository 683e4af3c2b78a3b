package dev.jcompose.cli;

import dev.jcompose.cli.process.EngineOfThisUser;
import dev.jcompose.cli.process.FastStart;
import dev.jcompose.cli.process.LocalClock;
import dev.jcompose.cli.process.ProcessOutput;
import dev.jcompose.cli.process.ProcessSignals;
import dev.jcompose.cli.process.ProcessTerminal;
import dev.jcompose.cli.world.World;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Runs a command in the process that the user started. */
final class OwnProcess {
    private OwnProcess() {}

    /** The exit code. */
    static int run(String[] args, Map<String, String> environment) {
        FastStart.prepare();
        IntConsumer end = Runtime.getRuntime()::halt;
        PrintStream err = ProcessOutput.error(end);
        World world = new World(
                List.of(args),
                Path.of("").toAbsolutePath(),
                environment,
                // A channel, so that a thread which reads can be interrupted.
                Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel()),
                ProcessOutput.standard(err, end),
                err,
                new ProcessTerminal(),
                new ProcessSignals(),
                new LocalClock(),
                EngineOfThisUser.of(environment, System.getProperties()));
        return new Jcompose(world).run();
    }
}
