package dev.jcompose.engine.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.BuildRequest;
import dev.jcompose.model.Build;
import dev.jcompose.model.FileMount;
import dev.jcompose.model.Project;
import dev.jcompose.model.Secret;
import dev.jcompose.model.Service;
import dev.jcompose.model.SshKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What commands of a build may see and no layer keeps: secrets, and agents for SSH. Mistakes name the attribute. */
final class BuildSecrets {
    private final Project project;
    private final Service service;
    private final Build build;
    private final BuildRequest request;

    BuildSecrets(Project project, Service service, BuildRequest request) {
        this.project = project;
        this.service = service;
        this.build = Objects.requireNonNull(service.build());
        this.request = request;
    }

    private IllegalArgumentException refused(String problem) {
        return ServiceBuild.refused(service, problem);
    }

    /** The contents by id. */
    Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> secrets = new HashMap<>();
        for (FileMount mount : build.secrets()) {
            Secret secret = project.secrets().get(mount.source());
            if (secret == null) {
                throw refused("undefined secret " + mount.source());
            }
            String id = mount.target() == null ? mount.source() : mount.target();
            secrets.put(id, content(secret));
        }
        return secrets;
    }

    private byte[] content(Secret secret) throws IOException {
        if (secret.file() != null) {
            try {
                return Files.readAllBytes(Path.of(secret.file()));
            } catch (NoSuchFileException e) {
                throw ServiceBuild.refused(
                        service, "secret \"%s\": file \"%s\" not found".formatted(secret.key(), secret.file()), e);
            }
        }
        String variable = secret.environment();
        String value =
                variable == null ? secret.content() : request.environment().get(variable);
        if (value == null) {
            throw refused("secret \"%s\": %s"
                    .formatted(
                            secret.key(),
                            variable == null ? "only file and environment are supported" : variable + " is not set"));
        }
        return value.getBytes(UTF_8);
    }

    /**
     * The sockets of agents by id.
     *
     * @param remote keeps those that are made for keys
     */
    Map<String, Path> agents(RemoteContexts remote) {
        Map<String, Path> agents = new HashMap<>();
        for (SshKey key : build.ssh()) {
            agents.put(key.id(), agent(key.id(), key.path(), remote));
        }
        for (String option : request.ssh()) {
            int equals = option.indexOf('=');
            String id = equals < 0 ? option : option.substring(0, equals);
            agents.put(id, agent(id, equals < 0 ? null : option.substring(equals + 1), remote));
        }
        return agents;
    }

    /** @param paths the socket of an agent, or files of keys with commas between them; null for the caller's agent */
    private Path agent(String id, @Nullable String paths, RemoteContexts remote) {
        String given = paths == null || paths.isEmpty() ? request.environment().get("SSH_AUTH_SOCK") : paths;
        if (given == null || given.isEmpty()) {
            throw refused("ssh \"%s\": SSH_AUTH_SOCK is not set, and neither socket nor key is given".formatted(id));
        }
        List<Path> files = new ArrayList<>();
        for (String path : given.split(",", -1)) {
            files.add(project.workingDirectory().resolve(path));
        }
        if (files.stream().noneMatch(Files::isRegularFile)) {
            if (files.size() > 1 || !Files.exists(files.get(0))) {
                throw refused("ssh \"%s\": \"%s\" is neither the socket of an agent nor a key".formatted(id, given));
            }
            return files.get(0);
        }
        try {
            return remote.agent(files);
        } catch (IOException | IllegalArgumentException e) {
            throw ServiceBuild.refused(service, "ssh \"%s\": %s".formatted(id, e.getMessage()), e);
        }
    }
}
