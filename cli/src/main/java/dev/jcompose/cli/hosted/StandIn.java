package dev.jcompose.cli.hosted;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A process that stands in for a client: what proc(5) shows of it, and duplicates of its descriptors.
 *
 * @param words what it was started with: its path, the class path that its client would have, and the arguments
 * @see dev.jcompose.engine.standin.StandInProgram
 */
record StandIn(List<String> words, Path directory, Map<String, String> environment, Fd out, Fd err)
        implements AutoCloseable {

    /**
     * Of a process.
     *
     * @throws IOException if it is gone, or may not be looked at
     */
    static StandIn of(Linux linux, ClientProcess client) throws IOException {
        Path process = client.directory();
        List<String> words = strings(process.resolve("cmdline"));
        Map<String, String> environment = new HashMap<>();
        for (String variable : strings(process.resolve("environ"))) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                environment.putIfAbsent(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        Path directory = Files.readSymbolicLink(process.resolve("cwd"));
        try (Fd pidfd = linux.processes().pidfdOpen(client.pid())) {
            Fd out = linux.processes().pidfdGetfd(pidfd, 1);
            try {
                return new StandIn(
                        words, directory, environment, out, linux.processes().pidfdGetfd(pidfd, 2));
            } catch (ErrnoException e) {
                out.close();
                throw e;
            }
        }
    }

    /** The strings of a file that each end with a zero. */
    private static List<String> strings(Path file) throws IOException {
        String all = new String(Files.readAllBytes(file), UTF_8);
        return all.isEmpty()
                ? List.of()
                : List.of(all.substring(0, all.length() - 1).split("\0", -1));
    }

    String classPath() {
        return words.size() < 2 ? "" : words.get(1);
    }

    List<String> arguments() {
        return words.size() < 2 ? List.of() : words.subList(2, words.size());
    }

    /** Whether whoever writes waits until there is room. Otherwise somebody else reads and writes the same streams. */
    boolean isBlocking(Linux linux) throws IOException {
        return ((linux.files().fcntl(out, Fcntl.F_GETFL, 0) | linux.files().fcntl(err, Fcntl.F_GETFL, 0))
                        & Fcntl.O_NONBLOCK)
                == 0;
    }

    @Override
    public void close() {
        out.close();
        err.close();
    }
}
