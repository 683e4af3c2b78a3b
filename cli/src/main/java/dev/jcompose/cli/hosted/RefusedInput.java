package dev.jcompose.cli.hosted;

import dev.jcompose.cli.RefusedCommandException;
import java.io.InputStream;

/** In place of a standard input that cannot be read from here: a command that wants it has to run elsewhere. */
final class RefusedInput extends InputStream {
    @Override
    public int read() {
        throw new RefusedCommandException("standard input is the client's");
    }

    @Override
    public int read(byte[] target, int start, int length) {
        return read();
    }
}
