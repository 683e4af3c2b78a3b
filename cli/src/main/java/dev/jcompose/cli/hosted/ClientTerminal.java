package dev.jcompose.cli.hosted;

import dev.jcompose.cli.process.RawMode;
import dev.jcompose.cli.process.TerminalFile;
import dev.jcompose.cli.world.Registration;
import dev.jcompose.cli.world.Terminal;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fcntl;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The terminal of a client. Its size and mode are asked and set here, on the same terminal, so that the client needs no
 * native code.
 */
final class ClientTerminal implements Terminal {
    private static final Size USUAL = new Size(24, 80);

    private final Linux linux;
    private final ClientProcess client;
    private final Consumer<String> restore;
    private final boolean input;
    private final boolean output;
    private final boolean error;

    /**
     * The one that a client is at.
     *
     * @param restore told, when settings are changed, how the client can restore them, in case that this process dies;
     *     and an empty text when they are restored
     */
    ClientTerminal(Linux linux, ClientProcess client, Consumer<String> restore) {
        this.linux = linux;
        this.client = client;
        this.restore = restore;
        this.input = TerminalFile.isTerminal(client.file(0));
        this.output = TerminalFile.isTerminal(client.file(1));
        this.error = TerminalFile.isTerminal(client.file(2));
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
        try (Fd fd = open(output ? 1 : error ? 2 : 0)) {
            return new TerminalFile(linux, fd).size();
        } catch (ErrnoException e) {
            return USUAL; // the client is gone
        }
    }

    private Fd open(int descriptor) throws ErrnoException {
        int flags = Fcntl.O_RDONLY | Fcntl.O_NOCTTY | Fcntl.O_NONBLOCK;
        return linux.files().openat(null, client.file(descriptor).toString(), flags, 0);
    }

    @Override
    public Registration raw() {
        return changed(TerminalFile::raw);
    }

    @Override
    public Registration keys() {
        return changed(TerminalFile::keys);
    }

    @Override
    public boolean isForeground() {
        return input && TerminalFile.isForeground(client.directory());
    }

    private Registration changed(Function<TerminalFile, RawMode> change) {
        if (!input) {
            throw new IllegalStateException("the input is no terminal");
        }
        try {
            Fd fd = open(0);
            try {
                return changed(fd, change);
            } catch (RuntimeException e) {
                fd.close();
                throw e;
            }
        } catch (ErrnoException e) {
            throw new IllegalStateException("cannot open the terminal: " + e.getMessage(), e);
        }
    }

    private Registration changed(Fd fd, Function<TerminalFile, RawMode> change) {
        RawMode mode = change.apply(new TerminalFile(linux, fd));
        restore.accept(mode.settingsBefore());
        return () -> {
            try (fd) {
                mode.close();
            }
            restore.accept("");
        };
    }
}
