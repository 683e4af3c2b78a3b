package dev.jcompose.model.load;

import dev.jcompose.model.node.Node;
import dev.jcompose.model.problem.ComposeFileException;
import dev.jcompose.model.problem.Problem;
import java.util.regex.Pattern;

/** Refuses files that are not on this machine. */
final class RemoteFiles {
    private static final Pattern REMOTE = Pattern.compile("^([a-z]+://|git@|github\\.com/|oci:).*");

    private RemoteFiles() {}

    /**
     * Does nothing for a local path.
     *
     * @throws ComposeFileException for a Git, OCI or web address
     */
    static void refuse(String name, Node node, String path) {
        if (REMOTE.matcher(name).matches()) {
            throw new ComposeFileException(
                    Problem.of(node.location(), path, "remote files are not supported: \"" + name + "\"")
                            .withHint("fetch it first and name the local copy"));
        }
    }
}
