package dev.jcompose.runtime.process;

import dev.jcompose.linux.Syscall;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The program that a process executes in the end.
 *
 * @param args a name without a slash is tried in each directory of {@code PATH}, as execvp(3) does
 * @param env {@code NAME=value}
 */
public record Command(List<String> args, List<String> env) {
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int NOT_FOUND = 127;
    private static final int CLOSE_RANGE_CLOEXEC = 4;
    private static final int FIRST_NOT_A_STREAM = 3;

    /** {@code env} with a {@code HOME}, if it has none. */
    public static List<String> withHome(List<String> env, String home) {
        if (value(env, "HOME").isPresent()) {
            return env;
        }
        List<String> all = new ArrayList<>(env);
        all.add("HOME=" + home);
        return all;
    }

    /**
     * Adds the calls that end a program: everything but the streams will be closed, which is reported so that a process
     * that was killed before is not taken for one that has executed, and the first candidate that can be executed is.
     * When none can, all results are reported, and the process ends with 127.
     */
    public void addTo(LaunchCalls calls) {
        calls.program().purpose("execute \"" + args.get(0) + "\"");
        Argument.Result ready = calls.program()
                .call(
                        Syscall.CLOSE_RANGE,
                        Argument.number(FIRST_NOT_A_STREAM),
                        Argument.number(0xffffffffL),
                        Argument.number(CLOSE_RANGE_CLOEXEC));
        Argument argv = calls.program().strings(args, args.toString());
        Argument envp = calls.program().strings(env, env.size() + " variables");
        calls.program().report(ready, 1);
        List<Argument.Result> tries = new ArrayList<>();
        for (String file : candidates()) {
            tries.add(calls.program().tryCall(Syscall.EXECVE, calls.string(file), argv, envp));
        }
        calls.program().report(tries.get(0), tries.size());
        calls.program().call(Syscall.EXIT, Argument.number(NOT_FOUND));
    }

    /** Whether a report says that nothing but the execution is left to be done. */
    public static boolean isReady(Syscall reported, int errno) {
        return reported == Syscall.CLOSE_RANGE && errno == 0;
    }

    private List<String> candidates() {
        String name = args.get(0);
        if (name.indexOf('/') >= 0) {
            return List.of(name);
        }
        List<String> candidates = new ArrayList<>();
        for (String directory : value(env, "PATH").orElse(DEFAULT_PATH).split(":", -1)) {
            if (!directory.isEmpty()) {
                candidates.add(directory + "/" + name);
            }
        }
        return candidates.isEmpty() ? List.of("/" + name) : candidates;
    }

    private static Optional<String> value(List<String> env, String name) {
        return env.stream()
                .filter(variable -> variable.startsWith(name + "="))
                .map(variable -> variable.substring(name.length() + 1))
                .findFirst();
    }
}
