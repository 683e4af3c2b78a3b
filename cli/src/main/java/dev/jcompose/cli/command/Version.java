package dev.jcompose.cli.command;

import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.home.BuildId;
import dev.jcompose.engine.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code version}. */
@Command(name = "version", description = "Show the jcompose version information")
public final class Version implements Query {
    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "pretty",
            description = "pretty or json")
    String format = "pretty";

    @Option(names = "--short", description = "Show only the version number")
    boolean onlyNumber;

    @Override
    public int run(Session session) {
        if (onlyNumber) {
            session.out().println(BuildId.version());
        } else if (format.equals("json")) {
            session.out().println(JsonObject.create().put("version", "v" + BuildId.version()));
        } else {
            session.out().println("jcompose version v" + BuildId.version());
        }
        return 0;
    }
}
