package dev.jcompose.cli.delegate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.cli.process.LostOutput;
import dev.jcompose.cli.process.ProcessSignals;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Has the engine run a command: carries the streams and signals of this process there and back. When this process dies
 * the engine sees the connection end, and cancels the command.
 */
public final class Delegation {
    /** In place of an exit code: the command has to run in this process. */
    public static final int DECLINED = -1;

    private static final int FAILED = 1;

    private final Link link;
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    private final FileOutputStream err = new FileOutputStream(FileDescriptor.err);
    private @Nullable FileChannel in;
    private @Nullable Thread reader;
    private int readable;
    private String terminalBefore = "";

    private Delegation(Link link) {
        this.link = link;
    }

    /**
     * Runs it.
     *
     * @param socket the engine's
     * @return the exit code, or {@link #DECLINED} if no engine is there or it does not run this; then nothing has
     *     happened yet
     */
    public static int run(
            String socket, String[] arguments, String classPath, String directory, Map<String, String> environment) {
        Delegation delegation;
        try {
            Link link = Link.open(socket);
            if (!link.upgrade(Request.of(arguments, classPath, directory, environment))) {
                return DECLINED;
            }
            delegation = new Delegation(link);
        } catch (IOException e) {
            return DECLINED;
        }
        int code = delegation.serve();
        delegation.stopReading();
        return code;
    }

    private int serve() {
        try {
            while (true) {
                int type = link.nextType();
                int length = link.nextLength();
                switch (type) {
                    case Frame.STDOUT -> {
                        LostOutput lost = copy(out, length);
                        if (lost != null) {
                            lost.complaint().ifPresent(this::say);
                            return lost.exitCode();
                        }
                    }
                    case Frame.STDERR -> {
                        LostOutput lost = copy(err, length);
                        if (lost != null && lost.isUnread()) {
                            return lost.exitCode();
                        }
                    }
                    case Frame.EXIT -> {
                        return link.data(length)[0] & 0xff;
                    }
                    case Frame.DECLINED -> {
                        return DECLINED;
                    }
                    case Frame.READ ->
                        allowInput(ByteBuffer.wrap(link.data(length)).getInt());
                    case Frame.WATCH -> watch(new String(link.data(length), US_ASCII));
                    case Frame.TERMINAL -> terminalBefore = new String(link.data(length), US_ASCII);
                    default -> throw new IOException("the engine sent a frame of type " + type);
                }
            }
        } catch (IOException e) {
            return brokenOff(e);
        }
    }

    /** Copies a frame's data, all of which is taken from the link; null if it could be written. */
    private @Nullable LostOutput copy(FileOutputStream target, int length) throws IOException {
        LostOutput lost = null;
        for (int left = length; left > 0; ) {
            int count = link.piece(left);
            int start = link.take(count);
            try {
                target.write(link.array(), start, count);
            } catch (IOException e) {
                lost = new LostOutput(e);
            }
            left -= count;
        }
        return lost;
    }

    /** The thread that reads waits in the meantime, so that nothing is read which the command does not want. */
    private synchronized void allowInput(int count) {
        readable = count;
        if (reader == null) {
            // A channel, because a thread that reads from one can be interrupted.
            in = new FileInputStream(FileDescriptor.in).getChannel();
            Thread thread = new Thread(this::readInput, "stdin");
            thread.setDaemon(true);
            thread.start();
            reader = thread;
        }
        notifyAll();
    }

    @SuppressWarnings("EmptyCatch") // the command has ended
    private void readInput() {
        try {
            for (int count = awaitPermission(); count > 0; count = awaitPermission()) {
                byte[] bytes = new byte[count];
                int length = Math.max(0, read(bytes));
                link.send(Frame.STDIN, bytes, length);
                if (length == 0) {
                    return;
                }
            }
        } catch (IOException | InterruptedException e) {
            // Nobody wants more.
        }
    }

    private int read(byte[] bytes) throws IOException {
        FileChannel channel = in;
        return channel == null ? -1 : channel.read(ByteBuffer.wrap(bytes));
    }

    private synchronized int awaitPermission() throws InterruptedException {
        while (readable == 0) {
            wait();
        }
        int count = readable;
        readable = 0;
        return count;
    }

    /** A JVM that exits while a thread reads waits for it. */
    private void stopReading() {
        Thread thread;
        synchronized (this) {
            thread = reader;
        }
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void watch(String names) {
        ProcessSignals.handleEach(List.of(names.split(" ")), this::report);
    }

    @SuppressWarnings("EmptyCatch") // the command has ended
    private void report(String signal) {
        byte[] name = signal.getBytes(US_ASCII);
        try {
            link.send(Frame.SIGNAL, name, name.length);
        } catch (IOException e) {
            // And with it what the signal was for.
        }
    }

    /** The engine is gone in the middle of a command. */
    private int brokenOff(IOException e) {
        if (!terminalBefore.isEmpty()) {
            restoreTerminal();
        }
        say(e.getMessage() == null ? e.toString() : e.getMessage());
        return FAILED;
    }

    @SuppressWarnings("EmptyCatch") // there is nobody left to tell
    private void say(String message) {
        try {
            err.write((message + "\n").getBytes(UTF_8));
        } catch (IOException e) {
            // Standard error is closed.
        }
    }

    private void restoreTerminal() {
        try {
            new ProcessBuilder("stty", terminalBefore).inheritIO().start().waitFor();
        } catch (IOException e) {
            say("cannot restore the terminal: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
