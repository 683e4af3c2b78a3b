package dev.jcompose.cli.command.volume;

import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code volume create}. */
@Command(name = "create", description = "Create a volume")
public final class VolumeCreate implements ComposeCommand {
    @Option(
            names = {"-d", "--driver"},
            paramLabel = "DRIVER",
            defaultValue = "local",
            description = "Volume driver; only local")
    String driver = "local";

    @Option(
            names = {"-o", "--opt"},
            paramLabel = "KEY=VALUE",
            description = "Driver options: type, o and device, as mount(8) has them")
    Map<String, String> options = new LinkedHashMap<>();

    @Option(names = "--label", paramLabel = "KEY=VALUE", mapFallbackValue = "", description = "Labels")
    Map<String, String> labels = new LinkedHashMap<>();

    @Parameters(arity = "0..1", paramLabel = "VOLUME", defaultValue = "", description = "Its name, else a random one")
    String name = "";

    @Override
    public int run(Session session) {
        session.out()
                .println(session.engine()
                        .volumes()
                        .create(name, driver, options, labels)
                        .name());
        return 0;
    }
}
