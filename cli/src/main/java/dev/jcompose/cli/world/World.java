package dev.jcompose.cli.world;

import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.load.LoadRequest;
import dev.jcompose.model.load.LoadResult;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A command's world.
 *
 * @param arguments without the program's name
 * @param directory absolute working directory
 * @param environment variables of the process
 * @param out takes bytes as they are; whoever writes also flushes
 * @param clock also gives the time zone of times that are printed
 * @param loader loads projects
 */
public record World(
        List<String> arguments,
        Path directory,
        Map<String, String> environment,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Terminal terminal,
        Signals signals,
        Clock clock,
        EngineAccess engine,
        Function<LoadRequest, LoadResult> loader) {

    public World {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** One of a process that runs one command. */
    public World(
            List<String> arguments,
            Path directory,
            Map<String, String> environment,
            InputStream in,
            PrintStream out,
            PrintStream err,
            Terminal terminal,
            Signals signals,
            Clock clock,
            EngineAccess engine) {
        this(
                arguments,
                directory,
                environment,
                in,
                out,
                err,
                terminal,
                signals,
                clock,
                engine,
                request -> new ComposeLoader().load(request));
    }

    /** The same with other variables. */
    public World with(Map<String, String> variables) {
        return new World(arguments, directory, variables, in, out, err, terminal, signals, clock, engine, loader);
    }

    /** A variable that is set and not empty, or another value. */
    public String variable(String name, String missing) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? missing : value;
    }

    /** Whether a variable says yes: {@code 1}, {@code true}, {@code t}, in any case. */
    public boolean flag(String name) {
        String value = variable(name, "");
        return value.equals("1") || value.equalsIgnoreCase("true") || value.equalsIgnoreCase("t");
    }
}
