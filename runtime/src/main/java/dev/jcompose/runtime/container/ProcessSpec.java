package dev.jcompose.runtime.container;

import java.util.List;

/**
 * The container's first process.
 *
 * @param args the program and its arguments; a program without a slash is looked for in the {@code PATH} of {@code env}
 * @param env {@code NAME=value}
 * @param cwd absolute path in the container; made when missing
 * @param user names are looked up in the image
 * @param additionalGroups names or numbers
 * @param terminal whether its standard streams are a terminal of its own
 * @param rlimits limits beyond the inherited ones
 * @param umask mode bits that new files do not get, 0022 by default
 */
public record ProcessSpec(
        List<String> args,
        List<String> env,
        String cwd,
        UserSpec user,
        List<String> additionalGroups,
        boolean terminal,
        List<Rlimit> rlimits,
        int umask) {

    /** What new files do not get when nothing else is said. */
    public static final int DEFAULT_UMASK = 0022;

    public ProcessSpec {
        args = List.copyOf(args);
        env = List.copyOf(env);
        additionalGroups = List.copyOf(additionalGroups);
        rlimits = List.copyOf(rlimits);
        if (args.isEmpty() || args.get(0).isEmpty()) {
            throw new IllegalArgumentException("no command to run");
        }
        Paths.requireAbsolute("working directory", cwd);
        args.forEach(argument -> Paths.requireNoNul("argument", argument));
        env.forEach(variable -> Paths.requireNoNul("environment variable", variable));
    }

    /** {@code args} as root in {@code /} with only a {@code PATH}, for everything else see the other constructor. */
    public static ProcessSpec of(List<String> args) {
        return new ProcessSpec(
                args,
                List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
                "/",
                UserSpec.ROOT,
                List.of(),
                false,
                List.of(),
                DEFAULT_UMASK);
    }
}
