package dev.jcompose.cli.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.cli.delegate.LostOutput;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.Consumer;

/**
 * Output of this process, which ends when nobody reads it: the JVM ignores SIGPIPE, which ends others, and a
 * {@link PrintStream} the error.
 */
public final class ProcessOutput extends FilterOutputStream {
    private final Consumer<LostOutput> atLoss;

    /** Output that goes to {@code target}; {@code atLoss} is told whenever it could not. */
    ProcessOutput(OutputStream target, Consumer<LostOutput> atLoss) {
        super(target);
        this.atLoss = atLoss;
    }

    /**
     * Standard output; what cannot be written to it ends the process, and is complained of.
     *
     * @param complaints standard error
     */
    public static PrintStream standard(PrintStream complaints) {
        return of(FileDescriptor.out, lost -> {
            lost.complaint().ifPresent(complaints::println);
            complaints.flush();
            Runtime.getRuntime().halt(lost.exitCode());
        });
    }

    /** Standard error; the process ends when nobody reads it, but goes on when it is closed from the beginning. */
    public static PrintStream error() {
        return of(FileDescriptor.err, lost -> {
            if (lost.isUnread()) {
                Runtime.getRuntime().halt(lost.exitCode());
            }
        });
    }

    private static PrintStream of(FileDescriptor descriptor, Consumer<LostOutput> atLoss) {
        return new PrintStream(new ProcessOutput(new FileOutputStream(descriptor), atLoss), false, UTF_8);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            atLoss.accept(new LostOutput(e));
            throw e;
        }
    }
}
