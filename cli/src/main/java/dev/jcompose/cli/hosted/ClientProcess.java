package dev.jcompose.cli.hosted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A client's process, as proc(5) shows it, for what it does not say of itself. */
record ClientProcess(int pid) {

    /**
     * Whether a command does the same here as there: the same user and group, the same view of the files, and the same
     * modes of new files.
     */
    boolean isLikeThisOne() throws IOException {
        Path here = Path.of("/proc/self");
        Path there = Path.of("/proc", Integer.toString(pid));
        return pid > 0
                && isSame("ns/mnt", here, there)
                && isSame("root", here, there)
                && identity(here).equals(identity(there));
    }

    private static boolean isSame(String link, Path here, Path there) throws IOException {
        return Files.readSymbolicLink(here.resolve(link)).equals(Files.readSymbolicLink(there.resolve(link)));
    }

    /** The lines with user, group and file creation mask. */
    private static String identity(Path process) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String line : Files.readString(process.resolve("status")).split("\n", -1)) {
            if (line.startsWith("Umask:") || line.startsWith("Uid:") || line.startsWith("Gid:")) {
                lines.append(line).append('\n');
            }
        }
        return lines.toString();
    }

    /** Its directory in {@code /proc}. */
    Path directory() {
        return Path.of("/proc", Integer.toString(pid));
    }

    /** The link to an open file. */
    Path file(int descriptor) {
        return Path.of("/proc", Integer.toString(pid), "fd", Integer.toString(descriptor));
    }
}
