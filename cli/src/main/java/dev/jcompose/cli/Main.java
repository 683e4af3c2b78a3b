package dev.jcompose.cli;

import dev.jcompose.cli.delegate.Delegation;
import java.util.HashMap;
import java.util.Map;

/**
 * The process that {@code ./jcompose} starts. Has the engine run the command where one is warm; otherwise the command
 * runs here.
 */
public final class Main {
    private Main() {}

    /**
     * Runs the command that {@code args} name and exits with its code.
     *
     * <p>The launcher gives the path of the engine's socket as {@code jcompose.socket} if there is one.
     */
    public static void main(String[] args) {
        String socket = System.getProperty("jcompose.socket");
        int code = socket == null ? Delegation.DECLINED : delegate(socket, args);
        if (code == Delegation.DECLINED) {
            code = OwnProcess.run(args, environment());
        }
        // Not System.exit: since 21 that looks for a logger in every jar. All that runs on is daemon threads, so
        // success is to return; and everything is flushed, so failure is to stop.
        if (code != 0) {
            Runtime.getRuntime().halt(code);
        }
    }

    /** Has the engine run a command of this process: the exit code, or {@link Delegation#DECLINED}. */
    public static int delegate(String socket, String... args) {
        return Delegation.run(
                socket,
                args,
                System.getProperty("java.class.path", ""),
                System.getProperty("user.dir", ""),
                environment());
    }

    /**
     * The user's environment. Where a JVM would lose characters, the launcher replaces a variable of the locale, and
     * says what it was as {@code jcompose.locale}: {@code LC_ALL=C}, {@code LC_CTYPE=}.
     */
    private static Map<String, String> environment() {
        String replaced = System.getProperty("jcompose.locale");
        if (replaced == null) {
            return System.getenv();
        }
        Map<String, String> environment = new HashMap<>(System.getenv());
        int equals = replaced.indexOf('=');
        String variable = replaced.substring(0, equals);
        String value = replaced.substring(equals + 1);
        if (value.isEmpty()) {
            environment.remove(variable);
        } else {
            environment.put(variable, value);
        }
        return environment;
    }
}
