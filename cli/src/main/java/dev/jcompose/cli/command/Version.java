package dev.jcompose.cli.command;

import dev.jcompose.engine.json.JsonObject;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code version}. */
@Command(name = "version", description = "Show the jcompose version information")
public final class Version implements ComposeCommand {
    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "pretty",
            description = "pretty or json")
    String format = "pretty";

    @Option(names = "--short", description = "Shows only the version number")
    boolean onlyNumber;

    @Override
    public int run(Session session) {
        if (onlyNumber) {
            session.out().println(number());
        } else if (format.equals("json")) {
            session.out().println(JsonObject.create().put("version", "v" + number()));
        } else {
            session.out().println("jcompose version v" + number());
        }
        return 0;
    }

    /** Of the running program, without a {@code v}. */
    private static String number() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "dev");
    }
}
