package dev.jcompose.samples.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.linux.testing.PatientWaits;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A terminal with a person at it, by script(1): a real pty whose keys are typed here and whose screen is read here. The
 * command in it is the leader of its session, so that Ctrl-C and sizes reach it as they would a user's.
 */
final class TypedTerminal implements AutoCloseable {
    private static final int ROWS = 30;
    private static final int COLUMNS = 100;
    private static final String TTY = "tty=";

    private final Process process;
    private final OutputStream keys;
    private final Path screen;
    private int read;

    private TypedTerminal(Process process, Path screen) {
        this.process = process;
        this.keys = process.getOutputStream();
        this.screen = screen;
    }

    /** Opens one in which a shell line runs; 30 rows, 100 columns. */
    static TypedTerminal open(Path folder, Map<String, String> environment, String line) throws IOException {
        Path screen = Files.createTempFile(folder, "screen", "");
        // A shell that Ctrl-C reaches too would end with the command.
        String first = "trap : INT; stty rows %d cols %d; echo \"%s$(tty)\"; ".formatted(ROWS, COLUMNS, TTY);
        ProcessBuilder builder = new ProcessBuilder(List.of("script", "-qefc", first + line, "/dev/null"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(screen.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("TERM", "xterm");
        builder.environment().put("SHELL", "/bin/sh");
        return new TypedTerminal(builder.start(), screen);
    }

    /** All that was written to the screen so far. */
    String screen() throws IOException {
        return new String(Files.readAllBytes(screen), UTF_8).replace("\r\n", "\n");
    }

    /** Waits until a text is written, after those that were waited for before. */
    TypedTerminal sees(String text) {
        await().untilAsserted(() -> assertThat(screen().substring(read)).contains(text));
        try {
            read = screen().indexOf(text, read) + text.length();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Types keys. */
    TypedTerminal types(String text) throws IOException {
        keys.write(text.getBytes(UTF_8));
        keys.flush();
        return this;
    }

    /** Gives the terminal another size, as a window manager does. */
    TypedTerminal resizes(int rows, int columns) throws IOException, InterruptedException {
        String screen = screen();
        int at = screen.indexOf(TTY + "/") + TTY.length();
        String tty = screen.substring(at, screen.indexOf('\n', at)).strip();
        new ProcessBuilder("stty", "-F", tty, "rows", "" + rows, "cols", "" + columns)
                .inheritIO()
                .start()
                .waitFor();
        return this;
    }

    /** Waits for the end, which must be with this exit code. */
    void ends(int code) throws InterruptedException, IOException {
        boolean ended = process.waitFor(PatientWaits.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(ended).as("it has ended; the screen:\n%s", screen()).isTrue();
        assertThat(process.exitValue()).as("the screen:\n%s", screen()).isEqualTo(code);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
