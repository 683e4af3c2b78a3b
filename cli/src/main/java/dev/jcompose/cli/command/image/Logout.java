package dev.jcompose.cli.command.image;

import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.RegistryEnvironment;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code logout}. */
@Command(name = "logout", description = "Log out from a registry")
public final class Logout implements ComposeCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "REGISTRY")
    @Nullable
    String registry;

    @Override
    public int run(Session session) {
        String name = Login.name(registry);
        boolean there = session.engine()
                .images()
                .logout(name, RegistryEnvironment.of(session.world().environment()));
        session.out().println(there ? "Removing login credentials for " + name : "Not logged in to " + name);
        return 0;
    }
}
