package dev.jcompose.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A setting below {@code /proc/sys}. The kernel gives a number to the first read(2) only, so that
 * {@link java.nio.file.Files#readString}, which begins with one byte, sees its first digit only.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_sys.5.html">proc_sys(5)</a>
 */
public final class Setting {
    private static final int MAX_BYTES = 4096;

    private Setting() {}

    /** Its value, without white space around it. */
    public static String read(Path file) throws IOException {
        byte[] bytes = new byte[MAX_BYTES];
        try (InputStream in = new FileInputStream(file.toFile())) {
            int count = in.read(bytes);
            return count < 0 ? "" : new String(bytes, 0, count, UTF_8).strip();
        }
    }
}
