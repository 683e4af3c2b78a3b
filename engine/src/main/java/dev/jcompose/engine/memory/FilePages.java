package dev.jcompose.engine.memory;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.MemoryCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pages of files that this process only reads: the JVM's code, and its start-up archive. The first use of one maps
 * those around it too, 16 at once, so that nearly all count as resident, although an engine that waits uses a fifth of
 * them. One that is let go stays in the kernel's cache, and comes back within a microsecond when it is used again.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_smaps.5.html">proc_pid_smaps(5)</a>
 */
public final class FilePages {
    private static final Path SELF = Path.of("/proc/self");
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) .*");
    private static final int HEXADECIMAL = 16;
    private static final int BYTES_PER_KB = 1024;

    private final Set<String> mappings;

    private FilePages(Set<String> mappings) {
        this.mappings = mappings;
    }

    /**
     * Of what is mapped now. To be asked before another thread could load a library, which maps some of it for a moment
     * only: what is mapped when the JVM begins stays until it ends.
     */
    public static FilePages mappedNow() throws IOException {
        try (Stream<String> lines = Files.lines(SELF.resolve("maps"))) {
            return new FilePages(lines.filter(line -> line.contains(" r-") && line.contains(" /"))
                    .collect(Collectors.toSet()));
        }
    }

    /** How much of files is resident in this process. */
    static long residentBytes() throws IOException {
        try (Stream<String> lines = Files.lines(SELF.resolve("status"))) {
            return lines.filter(line -> line.startsWith("RssFile:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KB)
                    .sum();
        }
    }

    /** Lets them go. A mapping of which the process has changed a page, as it does to relocate a library, stays. */
    void release(Linux linux) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(SELF.resolve("smaps"))) {
            Matcher mapping = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher next = MAPPING.matcher(line);
                if (next.matches()) {
                    mapping = mappings.contains(line) ? next : null;
                } else if (mapping != null && line.startsWith("Anonymous:") && line.endsWith(" 0 kB")) {
                    release(linux, mapping);
                }
            }
        }
    }

    private static void release(Linux linux, Matcher mapping) throws ErrnoException {
        long begin = Long.parseUnsignedLong(mapping.group(1), HEXADECIMAL);
        long lengthBytes = Long.parseUnsignedLong(mapping.group(2), HEXADECIMAL) - begin;
        try {
            // Where the kernel has the file in pages of 2 MB, each use would bring in one of those.
            linux.memory().madvise(begin, lengthBytes, MemoryCalls.MADV_NOHUGEPAGE);
        } catch (ErrnoException e) {
            if (!e.is(Errno.EINVAL)) {
                throw e;
            }
        }
        linux.memory().madvise(begin, lengthBytes, MemoryCalls.MADV_DONTNEED);
    }
}
