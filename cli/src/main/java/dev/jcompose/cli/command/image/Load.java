package dev.jcompose.cli.command.image;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code load}, which {@code docker} has and {@code docker compose} has not. */
@Command(name = "load", description = "Load images from a tar archive")
public final class Load implements ComposeCommand {
    @Option(
            names = {"-i", "--input"},
            paramLabel = "FILE",
            description = "Read from a tar archive file, instead of standard input")
    @Nullable
    String input;

    @Option(
            names = {"-q", "--quiet"},
            description = "Suppress the load output")
    boolean quiet;

    @Override
    public int run(Session session) {
        if (input == null && session.world().terminal().isInput()) {
            throw new CommandException("requested load from stdin, but stdin is empty; name a file with -i");
        }
        for (String name : load(session)) {
            if (!quiet) {
                session.out().println((name.startsWith("sha256:") ? "Loaded image ID: " : "Loaded image: ") + name);
            }
        }
        return 0;
    }

    private List<String> load(Session session) {
        if (input == null) {
            return session.engine().images().load(session.world().in());
        }
        Path file = session.world().directory().resolve(input);
        try (InputStream tar = new BufferedInputStream(Files.newInputStream(file))) {
            return session.engine().images().load(tar);
        } catch (NoSuchFileException e) {
            throw new CommandException("open %s: no such file or directory".formatted(input));
        } catch (IOException e) {
            throw new CommandException("cannot read %s: %s".formatted(input, e.getMessage()));
        }
    }
}
