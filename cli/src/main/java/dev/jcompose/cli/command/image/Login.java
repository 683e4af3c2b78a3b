package dev.jcompose.cli.command.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.LoginRequest;
import dev.jcompose.engine.api.RegistryEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code login}, which {@code docker} has and {@code docker compose} has not. */
@Command(name = "login", description = "Log in to a registry")
public final class Login implements ComposeCommand {
    static final String HUB = "docker.io";

    @Option(
            names = {"-u", "--username"},
            paramLabel = "NAME",
            description = "User name")
    @Nullable
    String username;

    @Option(
            names = {"-p", "--password"},
            paramLabel = "PASSWORD",
            description = "Password or token; others can read it in the list of processes")
    @Nullable
    String password;

    @Option(names = "--password-stdin", description = "Take the password from standard input")
    boolean passwordStdin;

    @Parameters(index = "0", arity = "0..1", paramLabel = "REGISTRY")
    @Nullable
    String registry;

    @Override
    public int run(Session session) {
        if (password != null && passwordStdin) {
            throw new CommandException("--password and --password-stdin are mutually exclusive");
        }
        if (username == null || username.isEmpty()) {
            throw new CommandException("Must provide --username with a login");
        }
        if (password != null) {
            session.warn("Using --password via the CLI is insecure. Use --password-stdin.");
        }
        String secret = password == null ? read(session) : password;
        if (secret.isEmpty()) {
            throw new CommandException("password is empty");
        }
        String file = session.engine()
                .images()
                .login(new LoginRequest(
                        name(registry),
                        username,
                        secret,
                        true,
                        RegistryEnvironment.of(session.world().environment())));
        if (!file.isEmpty()) {
            session.warn("Your password is stored unencrypted in " + file
                    + ". Configure a credential helper (credsStore) to remove this warning.");
        }
        session.out().println("Login Succeeded");
        return 0;
    }

    private String read(Session session) {
        if (!passwordStdin && session.world().terminal().isInput()) {
            throw new CommandException("no password: pipe it in and say --password-stdin");
        }
        try {
            return new String(session.world().in().readAllBytes(), UTF_8).replaceAll("[\r\n]+$", "");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the password from standard input", e);
        }
    }

    /** The name as references have it: without a scheme and a path. */
    static String name(@Nullable String text) {
        if (text == null || text.isEmpty() || text.contains("index.docker.io") || text.equals("registry-1.docker.io")) {
            return HUB;
        }
        String host = text.replaceFirst("^https?://", "");
        int slash = host.indexOf('/');
        return slash < 0 ? host : host.substring(0, slash);
    }
}
