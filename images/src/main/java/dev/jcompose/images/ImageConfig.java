package dev.jcompose.images;

import static java.util.Objects.requireNonNull;

import dev.jcompose.images.oci.ImageJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an image says about its containers; everything that it leaves out is empty.
 *
 * @param env {@code NAME=value}, in the image's order
 * @param workingDir empty for {@code /}
 * @param user {@code USER[:GROUP]}, by name or number; empty for root
 * @param exposedPorts {@code PORT/PROTOCOL}
 * @param volumes paths in the container that get an anonymous volume
 * @param stopSignal name or number of a signal; null for SIGTERM
 * @param architecture in Go's words: {@code amd64}, {@code arm64}
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md">OCI image configuration</a>
 */
public record ImageConfig(
        List<String> entrypoint,
        List<String> cmd,
        List<String> env,
        String workingDir,
        String user,
        Set<String> exposedPorts,
        Set<String> volumes,
        Map<String, String> labels,
        @Nullable String stopSignal,
        @Nullable ImageHealthcheck healthcheck,
        String architecture,
        String os) {

    public ImageConfig {
        entrypoint = List.copyOf(entrypoint);
        cmd = List.copyOf(cmd);
        env = List.copyOf(env);
        requireNonNull(workingDir, "workingDir");
        requireNonNull(user, "user");
        exposedPorts = Set.copyOf(exposedPorts);
        volumes = Set.copyOf(volumes);
        labels = Map.copyOf(labels);
        requireNonNull(architecture, "architecture");
        requireNonNull(os, "os");
    }

    static ImageConfig of(ImageJson image) {
        ImageJson.Container container = image.config();
        return new ImageConfig(
                container.entrypoint(),
                container.cmd(),
                container.env(),
                container.workingDir(),
                container.user(),
                container.exposedPorts().keySet(),
                container.volumes().keySet(),
                container.labels(),
                container.stopSignal(),
                container.healthcheck() == null ? null : ImageHealthcheck.of(container.healthcheck()),
                image.architecture(),
                image.os());
    }
}
