package dev.jcompose.engine.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.model.Config;
import dev.jcompose.model.FileMount;
import dev.jcompose.model.Project;
import dev.jcompose.model.Secret;
import dev.jcompose.model.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A config or a secret that a service may read.
 *
 * @param kind {@code config} or {@code secret}
 * @param target absolute path in the container
 * @param isDefined whether the project has it; if not, all that follows is empty
 * @param file on the host
 * @param environment the variable that {@code content} comes from
 */
record Grant(
        String kind,
        FileMount mount,
        String target,
        boolean isDefined,
        boolean external,
        @Nullable String file,
        @Nullable String environment,
        @Nullable String content) {

    /** All that a service is granted, configs first. */
    static List<Grant> of(Project project, Service service) {
        List<Grant> grants = new ArrayList<>();
        for (FileMount mount : service.configs()) {
            Config config = project.configs().get(mount.source());
            grants.add(
                    config == null
                            ? undefined("config", mount)
                            : new Grant(
                                    "config",
                                    mount,
                                    mount.configPath(),
                                    true,
                                    config.external(),
                                    config.file(),
                                    config.environment(),
                                    config.content()));
        }
        for (FileMount mount : service.secrets()) {
            Secret secret = project.secrets().get(mount.source());
            grants.add(
                    secret == null
                            ? undefined("secret", mount)
                            : new Grant(
                                    "secret",
                                    mount,
                                    mount.secretPath(),
                                    true,
                                    secret.external(),
                                    secret.file(),
                                    secret.environment(),
                                    secret.content()));
        }
        return grants;
    }

    private static Grant undefined(String kind, FileMount mount) {
        return new Grant(kind, mount, "", false, false, null, null, null);
    }

    /**
     * What it has to say, where that is not in a file.
     *
     * @throws IOException when it comes from nowhere, or from a variable that nobody remembers
     */
    byte[] value() throws IOException {
        if (content != null) {
            return content.getBytes(UTF_8);
        }
        throw new IOException(
                environment == null
                        ? this + " has neither a file nor an environment variable to come from"
                        : "the value of " + this + ", environment variable \"" + environment
                                + "\" of the command that created the container, is not known any more: it is kept in"
                                + " memory only; run up again");
    }

    @Override
    public String toString() {
        return kind + " \"" + mount.source() + "\"";
    }
}
