package dev.jcompose.engine.assemble;

import dev.jcompose.images.ImageConfig;
import dev.jcompose.model.Service;
import java.util.ArrayList;
import java.util.List;

/** Which command a container runs. */
public final class CommandLine {
    private CommandLine() {}

    /**
     * Entrypoint and command of the service over those of the image; a service's own entrypoint drops the image's
     * command.
     *
     * @throws IllegalArgumentException when neither names a command
     */
    public static List<String> of(Service service, ImageConfig image) {
        List<String> entrypoint = service.entrypoint() != null ? service.entrypoint() : image.entrypoint();
        List<String> command;
        if (service.command() != null) {
            command = service.command();
        } else {
            command = service.entrypoint() != null ? List.of() : image.cmd();
        }
        List<String> args = new ArrayList<>(entrypoint);
        args.addAll(command);
        if (args.isEmpty()) {
            throw new IllegalArgumentException("service \"" + service.name()
                    + "\" has no command: neither the file nor the image " + service.image() + " names one");
        }
        return args;
    }
}
