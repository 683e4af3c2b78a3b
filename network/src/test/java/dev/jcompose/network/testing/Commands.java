package dev.jcompose.network.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;

/** Programs of the host, run in the calling thread's namespaces. */
public final class Commands {
    private Commands() {}

    /** Skips the test unless all of these are on the path. */
    public static void require(String... programs) throws IOException {
        for (String program : programs) {
            Process look = new ProcessBuilder("sh", "-c", "command -v " + program)
                    .redirectErrorStream(true)
                    .start();
            look.getInputStream().readAllBytes();
            assumeTrue(look.onExit().join().exitValue() == 0, program + " is not installed");
        }
    }

    /** Runs a line of shell that succeeds, and returns what it prints. */
    public static String shell(String line) throws IOException {
        return run(InputStream.nullInputStream(), "sh", "-c", line);
    }

    /** Feeds a resource beside {@code test} to a program that reads it from its standard input. */
    public static void feed(Class<?> test, String resource, String... program) throws IOException {
        try (InputStream content = Objects.requireNonNull(test.getResourceAsStream(resource), resource)) {
            run(content, program);
        }
    }

    private static String run(InputStream input, String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var stdin = process.getOutputStream()) {
            input.transferTo(stdin);
        }
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.onExit().join().exitValue())
                .as(String.join(" ", Stream.of(command).toList()) + ": " + output)
                .isZero();
        return output;
    }
}
