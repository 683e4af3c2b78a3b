package dev.jcompose.cli.process;

import dev.jcompose.cli.world.Registration;
import dev.jcompose.cli.world.Terminal;
import dev.jcompose.linux.Linux;
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
    private @Nullable Linux linux;

    private static boolean isTerminal(int descriptor) {
        return TerminalFile.isTerminal(Path.of("/proc/self/fd/" + descriptor));
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
        return input || output || error ? file(output ? 1 : error ? 2 : 0).size() : USUAL;
    }

    @Override
    public Registration raw() {
        if (!input) {
            throw new IllegalStateException("the input is no terminal");
        }
        return restored(file(0).raw());
    }

    @Override
    public Registration keys() {
        if (!input) {
            throw new IllegalStateException("the input is no terminal");
        }
        return restored(file(0).keys());
    }

    @Override
    public boolean isForeground() {
        return input && TerminalFile.isForeground(Path.of("/proc/self"));
    }

    /** A shell without echo is a bad way to be left by a command that was killed. */
    private static Registration restored(RawMode mode) {
        Runtime.getRuntime().addShutdownHook(new Thread(mode::close, "restore-terminal"));
        return mode;
    }

    /** A descriptor of the process, which is never closed here. */
    private synchronized TerminalFile file(int descriptor) {
        Linux loaded = linux;
        if (loaded == null) {
            loaded = Linux.load();
            linux = loaded;
        }
        return new TerminalFile(loaded, loaded.files().adopt(descriptor));
    }
}
