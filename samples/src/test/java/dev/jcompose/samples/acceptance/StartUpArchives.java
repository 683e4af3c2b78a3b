package dev.jcompose.samples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Has the start-up archives made before the first test, and waits for them. The first command after a build makes them
 * in the background, which would take the machine from the tests for a minute.
 */
final class StartUpArchives implements BeforeAllCallback {
    private static final String PATIENCE_SECONDS = "300";

    @Override
    public void beforeAll(ExtensionContext context) {
        Object ignored = context.getRoot()
                .getStore(Namespace.create(StartUpArchives.class))
                .computeIfAbsent("made", key -> make());
    }

    /** Those that are there, of all JDKs: files whose name is the name and the build of a JDK, and a part's name. */
    static List<Path> all() throws IOException {
        return files(".*-[^/]*\\d|.*\\.(client|engine)");
    }

    private static boolean make() {
        try {
            ProcessBuilder launcher = new ProcessBuilder(Jcompose.LAUNCHER.toString(), "version");
            launcher.environment().put("JCOMPOSE_BUILD", "never");
            assertThat(run(launcher))
                    .as("the first command, while the archives are made")
                    .matches("jcompose version \\S+\n");
            // Who makes some holds a lock meanwhile. Where that takes too long, the tests run beside it.
            for (Path lock : files(".*\\.lock")) {
                String ignored = run(new ProcessBuilder("flock", "--timeout", PATIENCE_SECONDS, lock.toString(), "true"));
            }
            return true;
        } catch (IOException e) {
            throw new IllegalStateException("cannot have the start-up archives made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the start-up archives were made", e);
        }
    }

    private static List<Path> files(String name) throws IOException {
        Map<String, String> environment = System.getenv();
        String cache = environment.getOrDefault("XDG_CACHE_HOME", environment.getOrDefault("HOME", "/") + "/.cache");
        Path folder = Path.of(cache, "jcompose/archives", Jcompose.HOME.toString());
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(name)).toList();
        }
    }

    private static String run(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }
}
