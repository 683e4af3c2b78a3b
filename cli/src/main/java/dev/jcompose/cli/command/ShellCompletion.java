package dev.jcompose.cli.command;

import dev.jcompose.cli.completion.ShellScript;
import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code completion SHELL}: the script that makes a shell complete what is typed. */
@Command(name = "completion", description = "Print the completion script for a shell (bash, zsh, fish)")
final class ShellCompletion implements Query {
    @Parameters(index = "0", paramLabel = "SHELL", description = "bash, zsh or fish")
    String shell = "";

    @Override
    public int run(Session session) {
        String name = shell.toLowerCase(Locale.ROOT);
        if (!ShellScript.SHELLS.contains(name)) {
            throw new CommandException("there is no completion for the shell \"%s\"; there is for %s"
                    .formatted(shell, String.join(", ", ShellScript.SHELLS)));
        }
        session.out().print(ShellScript.of(name));
        return 0;
    }
}
