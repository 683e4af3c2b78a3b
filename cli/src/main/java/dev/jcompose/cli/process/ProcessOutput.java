package dev.jcompose.cli.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

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
     * Standard output, whose loss ends the process, and is complained of if it is a failure.
     *
     * @param complaints standard error
     * @param end ends the process with an exit code
     */
    public static PrintStream standard(PrintStream complaints, IntConsumer end) {
        return of(FileDescriptor.out, lost -> {
            lost.complaint().ifPresent(complaints::println);
            complaints.flush();
            end.accept(lost.exitCode());
        });
    }

    /** Standard error; the process ends when nobody reads it, but goes on when it is closed from the beginning. */
    public static PrintStream error(IntConsumer end) {
        return of(FileDescriptor.err, lost -> {
            if (lost.isUnread()) {
                end.accept(lost.exitCode());
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
