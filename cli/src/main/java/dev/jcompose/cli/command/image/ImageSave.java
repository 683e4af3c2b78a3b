package dev.jcompose.cli.command.image;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code image save} and {@code save}. */
@Command(name = "image save", description = "Save images to a tar archive")
public final class ImageSave implements ComposeCommand {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to a file, instead of standard output")
    @Nullable
    String output;

    @Parameters(arity = "1..*", paramLabel = "IMAGE")
    List<String> images = new ArrayList<>();

    @Override
    public int run(Session session) {
        if (output == null) {
            if (session.world().terminal().isOutput()) {
                throw new CommandException("cowardly refusing to save to a terminal. Use the -o flag or redirect");
            }
            session.engine().images().save(images, session.out());
            return 0;
        }
        // Nothing is written over before it is known that there is something to write.
        images.forEach(session.engine().images()::inspect);
        Path file = session.world().directory().resolve(output);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            session.engine().images().save(images, out);
        } catch (IOException e) {
            throw new CommandException("cannot write %s: %s".formatted(output, e.getMessage()));
        }
        return 0;
    }
}
