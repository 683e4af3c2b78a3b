package dev.jcompose.engine.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command to run in a container.
 *
 * @param container id or name
 * @param environment added to the container's own
 * @param workingDirectory null for the container's, also when an empty one is given
 * @param user {@code user[:group]}; likewise
 * @param terminal with a pty
 * @param stdin whether the caller will send input
 * @param detach start it and return at once
 * @param rows of the terminal at the start; 0 when unknown
 * @param columns of the terminal at the start; 0 when unknown
 * @param detachKeys what ends the session and leaves the command alone when it is typed to the terminal, as
 *     {@code ctrl-p,ctrl-q}; empty for these
 */
public record ExecRequest(
        String container,
        List<String> command,
        Map<String, String> environment,
        @Nullable String workingDirectory,
        @Nullable String user,
        boolean privileged,
        boolean terminal,
        boolean stdin,
        boolean detach,
        int rows,
        int columns,
        String detachKeys) {

    public ExecRequest {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        workingDirectory = nonEmpty(workingDirectory);
        user = nonEmpty(user);
    }

    /** With the usual detach keys. */
    public ExecRequest(
            String container,
            List<String> command,
            Map<String, String> environment,
            @Nullable String workingDirectory,
            @Nullable String user,
            boolean privileged,
            boolean terminal,
            boolean stdin,
            boolean detach,
            int rows,
            int columns) {
        this(
                container,
                command,
                environment,
                workingDirectory,
                user,
                privileged,
                terminal,
                stdin,
                detach,
                rows,
                columns,
                "");
    }

    private static @Nullable String nonEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
