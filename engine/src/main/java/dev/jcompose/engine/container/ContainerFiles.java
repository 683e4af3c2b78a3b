package dev.jcompose.engine.container;

import dev.jcompose.engine.home.EngineDirectories;
import java.nio.file.Path;

/**
 * Where the files of one container are.
 *
 * @param data survives a reboot
 * @param run gone after a reboot
 */
public record ContainerFiles(Path data, Path run) {

    /** Of the container of that id. */
    public static ContainerFiles of(EngineDirectories directories, String id) {
        return new ContainerFiles(
                all(directories).resolve(id),
                directories.run().resolve("containers").resolve(id));
    }

    /** The directory that has one of {@link #data} for each container. */
    public static Path all(EngineDirectories directories) {
        return directories.data().resolve("containers");
    }

    /** What it was made from. */
    public Path config() {
        return data.resolve("config.json");
    }

    /** What it is doing. */
    public Path status() {
        return data.resolve("status.json");
    }

    /** Where overlayfs keeps what the container changed. */
    public Path upper() {
        return data.resolve("upper");
    }

    public Path work() {
        return data.resolve("work");
    }

    /** Where the root is mounted, in the container's own mount namespace. */
    public Path rootfs() {
        return data.resolve("rootfs");
    }

    public Path logs() {
        return data.resolve("log");
    }

    /** The last output of one whose output is not kept, for those who follow it. */
    public Path liveOutput() {
        return run.resolve("live");
    }

    /** The project with the values of its secrets, while the container exists; only where {@link #run} is in memory. */
    public Path values() {
        return run.resolve("values.json");
    }

    /** What its health checks have said since it was started. */
    public Path health() {
        return run.resolve("health.json");
    }

    public Path hosts() {
        return run.resolve("hosts");
    }

    public Path hostname() {
        return run.resolve("hostname");
    }

    public Path resolvConf() {
        return run.resolve("resolv.conf");
    }
}
