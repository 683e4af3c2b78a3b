package dev.jcompose.engine.assemble;

import dev.jcompose.images.ImageConfig;
import dev.jcompose.images.ImageHealthcheck;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the configurations of images. */
final class ImageConfigs {
    private List<String> entrypoint = List.of();
    private List<String> cmd = List.of();
    private List<String> env = List.of();
    private String user = "";
    private String workingDir = "";
    private @Nullable ImageHealthcheck healthcheck;

    private ImageConfigs() {}

    static ImageConfigs image() {
        return new ImageConfigs();
    }

    ImageConfigs entrypoint(String... value) {
        entrypoint = List.of(value);
        return this;
    }

    ImageConfigs cmd(String... value) {
        cmd = List.of(value);
        return this;
    }

    ImageConfigs env(String... value) {
        env = List.of(value);
        return this;
    }

    ImageConfigs user(String value) {
        user = value;
        return this;
    }

    ImageConfigs workingDir(String value) {
        workingDir = value;
        return this;
    }

    ImageConfigs healthcheck(ImageHealthcheck value) {
        healthcheck = value;
        return this;
    }

    ImageConfig build() {
        return new ImageConfig(
                entrypoint,
                cmd,
                env,
                workingDir,
                user,
                Set.of(),
                Set.of(),
                Map.of(),
                null,
                healthcheck,
                "amd64",
                "linux");
    }
}
