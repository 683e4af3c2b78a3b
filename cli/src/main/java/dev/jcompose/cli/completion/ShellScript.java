package dev.jcompose.cli.completion;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The script that makes a shell ask. */
public final class ShellScript {
    /** The shells that there is one for. */
    public static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    private ShellScript() {}

    /** Its text, for one of {@link #SHELLS}. */
    public static String of(String shell) {
        try (InputStream in = ShellScript.class.getResourceAsStream("completion." + shell)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no completion for \"%s\"".formatted(shell));
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the completion for " + shell, e);
        }
    }
}
