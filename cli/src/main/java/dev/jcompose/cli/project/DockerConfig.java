package dev.jcompose.cli.project;

import dev.jcompose.cli.world.World;
import dev.jcompose.engine.json.JsonFormatException;
import dev.jcompose.engine.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the user has set for {@code docker} and counts here too: {@code config.json} in {@code DOCKER_CONFIG}, else in
 * {@code ~/.docker}. One that cannot be read says nothing.
 *
 * @see <a href="https://docs.docker.com/reference/cli/docker/#docker-cli-configuration-file-configjson-properties">its
 *     properties</a>
 */
public record DockerConfig(JsonObject settings) {

    /** The one of a command's user. */
    public static DockerConfig of(World world) {
        String home = world.variable("HOME", "");
        String folder = world.variable("DOCKER_CONFIG", home.isEmpty() ? "" : home + "/.docker");
        Path file = world.directory().resolve(folder).resolve("config.json");
        try {
            boolean isThere = !folder.isEmpty() && Files.isReadable(file);
            return new DockerConfig(isThere ? JsonObject.parse(Files.readString(file)) : JsonObject.create());
        } catch (IOException | JsonFormatException e) {
            return new DockerConfig(JsonObject.create());
        }
    }

    /** The format of {@code ps} where no other is asked for. */
    public String psFormat() {
        return settings.members().get("psFormat") instanceof String format && !format.isEmpty() ? format : "table";
    }
}
