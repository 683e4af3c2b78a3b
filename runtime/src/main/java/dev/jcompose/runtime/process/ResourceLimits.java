package dev.jcompose.runtime.process;

import dev.jcompose.linux.Syscall;
import dev.jcompose.runtime.container.Rlimit;
import dev.jcompose.runtime.launch.Argument;
import dev.jcompose.runtime.launch.LaunchCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Limits of setrlimit(2). */
public final class ResourceLimits {
    private static final long DEFAULT_SOFT_FILES = 1024;
    private static final long DEFAULT_HARD_FILES = 524_288;
    private static final String OPEN_FILES = "Max open files";

    private final Rlimit defaultFiles;

    private ResourceLimits(Rlimit defaultFiles) {
        this.defaultFiles = defaultFiles;
    }

    /**
     * Looks at this process's own limits. A JVM raises its soft limit of open files to the hard one; a container gets
     * what systemd and Docker give, 1024 and 524288, or the engine's hard limit if that is lower.
     */
    public static ResourceLimits ofSelf() throws IOException {
        return parse(Files.readString(Path.of("/proc/self/limits")));
    }

    /** Reads the text of a {@code /proc/pid/limits}. */
    static ResourceLimits parse(String limits) {
        long hard = limits.lines()
                .filter(line -> line.startsWith(OPEN_FILES))
                .map(line -> line.substring(OPEN_FILES.length()).trim().split(" +")[1])
                .mapToLong(value -> value.equals("unlimited") ? DEFAULT_HARD_FILES : Long.parseLong(value))
                .findFirst()
                .orElse(DEFAULT_SOFT_FILES);
        hard = Math.min(hard, DEFAULT_HARD_FILES);
        return new ResourceLimits(new Rlimit(Rlimit.Kind.NOFILE, Math.min(DEFAULT_SOFT_FILES, hard), hard));
    }

    /** Adds the default limits, and those that were asked for, which must succeed. */
    public void addTo(LaunchCalls calls, List<Rlimit> wanted) {
        if (wanted.stream().noneMatch(limit -> limit.kind() == Rlimit.Kind.NOFILE)) {
            add(calls, defaultFiles);
        }
        wanted.forEach(limit -> add(calls, limit));
    }

    private static void add(LaunchCalls calls, Rlimit limit) {
        calls.program().purpose("set the limit " + limit.kind() + " to " + limit.soft() + ":" + limit.hard());
        byte[] pair = ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(limit.soft())
                .putLong(limit.hard())
                .array();
        calls.program()
                .call(
                        Syscall.PRLIMIT64,
                        Argument.number(0),
                        Argument.number(limit.kind().number()),
                        calls.program().bytes(pair, limit.soft() + ":" + limit.hard()),
                        Argument.number(0));
    }
}
