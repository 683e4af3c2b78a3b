package dev.jcompose.images.build;

import java.nio.file.Path;
import java.util.List;

/**
 * A command to run in a root file system.
 *
 * @param layers bottom first; may be empty
 * @param upper where changes go; there already
 * @param scratch a directory on the same file system for what else is needed; removed by the caller
 * @param user {@code USER[:GROUP]}; empty for root
 * @param network {@code default}, {@code none}, {@code host}, or the name of a network
 * @param privileged whether it has all capabilities
 */
public record RunRequest(
        List<Path> layers,
        Path upper,
        Path scratch,
        List<String> command,
        List<String> environment,
        String directory,
        String user,
        List<RunMount> mounts,
        String network,
        boolean privileged,
        RunSettings settings) {
    public RunRequest {
        layers = List.copyOf(layers);
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        mounts = List.copyOf(mounts);
    }
}
