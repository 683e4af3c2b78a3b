package dev.jcompose.cli.command.image;

import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.RemovedImages;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code image rm} and {@code rmi}. */
@Command(name = "image rm", description = "Remove one or more images")
public final class ImageRemove implements ComposeCommand {
    @Option(
            names = {"-f", "--force"},
            description = "Take names away even if the image has several, or a stopped container uses it")
    boolean force;

    @Option(names = "--no-prune", description = "Accepted; there are no untagged parents")
    boolean noPrune;

    @Parameters(arity = "1..*", paramLabel = "IMAGE")
    List<String> images = new ArrayList<>();

    @Override
    public int run(Session session) {
        int code = 0;
        for (String image : images) {
            try {
                print(session, session.engine().images().remove(image, force));
            } catch (EngineException e) {
                boolean ofThisImage =
                        e.kind() == EngineException.Kind.NOT_FOUND || e.kind() == EngineException.Kind.CONFLICT;
                if (!ofThisImage) {
                    throw e;
                }
                session.err().println(e.getMessage());
                code = force && e.kind() == EngineException.Kind.NOT_FOUND ? code : 1;
            }
        }
        return code;
    }

    static void print(Session session, RemovedImages removed) {
        removed.untagged().forEach(name -> session.out().println("Untagged: " + name));
        removed.deleted().forEach(id -> session.out().println("Deleted: " + id));
    }
}
