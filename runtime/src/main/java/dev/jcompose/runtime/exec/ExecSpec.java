package dev.jcompose.runtime.exec;

import dev.jcompose.runtime.container.Rlimit;
import dev.jcompose.runtime.container.Security;
import dev.jcompose.runtime.container.UserSpec;
import java.util.List;

/**
 * A further process in a running container.
 *
 * @param args the program and its arguments; a program without a slash is looked for in the {@code PATH} of {@code env}
 * @param env {@code NAME=value}, all of it
 * @param cwd absolute path in the container; must exist
 * @param user names are looked up in the container as it is now
 * @param additionalGroups names or numbers
 * @param security the container's own; {@link Security#PRIVILEGED} for {@code exec --privileged}
 * @param rlimits the container's own
 */
public record ExecSpec(
        List<String> args,
        List<String> env,
        String cwd,
        UserSpec user,
        List<String> additionalGroups,
        Security security,
        List<Rlimit> rlimits) {

    public ExecSpec {
        args = List.copyOf(args);
        env = List.copyOf(env);
        additionalGroups = List.copyOf(additionalGroups);
        rlimits = List.copyOf(rlimits);
        if (args.isEmpty() || args.get(0).isEmpty()) {
            throw new IllegalArgumentException("no command to run");
        }
        if (!cwd.startsWith("/")) {
            throw new IllegalArgumentException("working directory \"" + cwd + "\" is not an absolute path");
        }
    }
}
