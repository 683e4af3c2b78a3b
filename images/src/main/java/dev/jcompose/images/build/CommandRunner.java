package dev.jcompose.images.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Runs commands and knows who is who in a root file system. Thread-safe. */
public interface CommandRunner {

    /**
     * Runs a command to its end; nothing of it is left then but what it wrote to the upper directory.
     *
     * @param output is given each line of its output, without the line feed
     * @return its exit code, 128 and the signal's number if one ended it
     * @throws IOException if it could not be started
     * @throws InterruptedException if the thread was interrupted; the command has been killed
     */
    int run(RunRequest request, Consumer<String> output) throws IOException, InterruptedException;

    /**
     * Whom {@code USER[:GROUP]} means.
     *
     * @param layers where {@code /etc/passwd} and {@code /etc/group} are
     * @throws IllegalArgumentException if a name is not there
     */
    Owner owner(List<Path> layers, String user) throws IOException;

    /** Numbers of a user and a group. */
    record Owner(int uid, int gid) {
        /** Root. */
        public static final Owner ROOT = new Owner(0, 0);
    }
}
