package dev.jcompose.engine.exec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * The keys that end a session and leave the command alone, as Docker's clients write them: {@code ctrl-p,ctrl-q}.
 *
 * @param sequence what the terminal sends for them; empty for none. Compared by identity, as arrays are
 */
@SuppressWarnings("ArrayRecordComponent") // read by its one user only
public record DetachKeys(byte[] sequence) {
    /** What Docker takes when nothing else is said. */
    public static final String DEFAULT = "ctrl-p,ctrl-q";

    private static final String CONTROL = "ctrl-";
    private static final String CONTROLS = "@abcdefghijklmnopqrstuvwxyz[\\]^_";

    /**
     * Reads them.
     *
     * @param text keys with commas between: a single character, or {@code ctrl-} and a letter or one of {@code @ [ \ ]
     *     ^ _}; empty for the default
     * @throws IllegalArgumentException if it is something else
     */
    public static DetachKeys parse(String text) {
        ByteArrayOutputStream sequence = new ByteArrayOutputStream();
        for (String key : (text.isEmpty() ? DEFAULT : text).split(",", -1)) {
            sequence.write(code(text, key));
        }
        return new DetachKeys(sequence.toByteArray());
    }

    private static int code(String text, String key) {
        if (key.length() == 1 && key.charAt(0) < 0x80) {
            return key.charAt(0);
        }
        String lower = key.toLowerCase(Locale.ROOT);
        int code = lower.startsWith(CONTROL) && lower.length() == CONTROL.length() + 1
                ? CONTROLS.indexOf(lower.charAt(CONTROL.length()))
                : -1;
        if (code < 0) {
            throw new IllegalArgumentException("invalid detach keys (" + text + "): \"" + key
                    + "\" is neither a character nor ctrl- with a letter or one of @[\\]^_");
        }
        return code;
    }

    /** A stream that hands on everything but these keys: when they come, {@code onDetach} is called, once. */
    public OutputStream watch(OutputStream target, Runnable onDetach) {
        return new Watched(target, onDetach);
    }

    private final class Watched extends OutputStream {
        private final OutputStream target;
        private final Runnable onDetach;
        private int matched;
        private boolean detached;

        private Watched(OutputStream target, Runnable onDetach) {
            this.target = target;
            this.onDetach = onDetach;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteArrayOutputStream through = new ByteArrayOutputStream(length + sequence.length);
            for (int i = offset; i < offset + length && !detached; i++) {
                add(bytes[i], through);
            }
            if (through.size() > 0) {
                target.write(through.toByteArray());
            }
            if (detached) {
                onDetach.run();
            }
        }

        /** A key that begins the sequence waits for the next: only then it is known whether it was meant. */
        private void add(byte key, ByteArrayOutputStream through) {
            if (key != sequence[matched] && matched > 0) {
                through.write(sequence, 0, matched);
                matched = 0;
            }
            if (key != sequence[matched]) {
                through.write(key);
            } else if (++matched == sequence.length) {
                detached = true;
            }
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }

        @Override
        public void close() throws IOException {
            target.close();
        }
    }

    @Override
    public String toString() {
        return Arrays.toString(sequence);
    }
}
