package dev.jcompose.cli.process;

import dev.jcompose.cli.world.Registration;
import dev.jcompose.cli.world.Terminal;
import dev.jcompose.linux.ErrnoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The terminal that this process was started on. Whether a stream is one is told by the name of its file; native code
 * is loaded only for the size and for raw mode.
 */
public final class ProcessTerminal implements Terminal {
    private static final Size USUAL = new Size(24, 80);

    private final boolean input = isTerminal(0);
    private final boolean output = isTerminal(1);
    private final boolean error = isTerminal(2);
    private @Nullable TerminalCalls calls;

    private static boolean isTerminal(int descriptor) {
        try {
            String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean isInput() {
        return input;
    }

    @Override
    public boolean isOutput() {
        return output;
    }

    @Override
    public boolean isError() {
        return error;
    }

    @Override
    public Size size() {
        if (!input && !output && !error) {
            return USUAL;
        }
        int descriptor = output ? 1 : error ? 2 : 0;
        try {
            return calls().size(descriptor);
        } catch (ErrnoException e) {
            return USUAL;
        }
    }

    @Override
    public Registration raw() {
        if (!input) {
            throw new IllegalStateException("the input is no terminal");
        }
        try {
            return calls().raw(0);
        } catch (ErrnoException e) {
            throw new IllegalStateException("cannot put the terminal into raw mode: " + e.getMessage(), e);
        }
    }

    private synchronized TerminalCalls calls() {
        TerminalCalls loaded = calls;
        if (loaded == null) {
            loaded = new TerminalCalls();
            calls = loaded;
        }
        return loaded;
    }
}
