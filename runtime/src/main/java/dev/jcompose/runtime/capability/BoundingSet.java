package dev.jcompose.runtime.capability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the capability bounding set of a process: the most that it or its children can ever have. */
public final class BoundingSet {
    private static final String FIELD = "CapBnd:";

    private BoundingSet() {}

    /** The calling process's own. Even root may lack some, in a virtual machine or a container. */
    public static CapabilitySet ofSelf() throws IOException {
        return parse(Files.readAllLines(Path.of("/proc/thread-self/status")));
    }

    /** Reads the lines of a {@code /proc/PID/status}; see proc_pid_status(5). */
    static CapabilitySet parse(List<String> status) throws IOException {
        for (String line : status) {
            if (line.startsWith(FIELD)) {
                return CapabilitySet.parseHex(line.substring(FIELD.length()));
            }
        }
        throw new IOException("no " + FIELD + " line in the status of the process");
    }
}
