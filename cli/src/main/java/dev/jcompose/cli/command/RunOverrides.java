package dev.jcompose.cli.command;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.model.Security;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceVolume;
import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.load.ComposeSource;
import dev.jcompose.model.load.LoadOptions;
import dev.jcompose.model.load.LoadRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What {@code run} changes of a service. Its options have the forms of the Compose file, so they are read as one: a
 * project of a single service that has nothing but them.
 */
final class RunOverrides {
    private static final String SERVICE = "run";

    @Option(names = "--cap-add", paramLabel = "CAPABILITY", description = "Add Linux capabilities")
    List<String> capAdd = new ArrayList<>();

    @Option(names = "--cap-drop", paramLabel = "CAPABILITY", description = "Drop Linux capabilities")
    List<String> capDrop = new ArrayList<>();

    @Option(names = "--entrypoint", paramLabel = "COMMAND", description = "Override the entrypoint of the image")
    @Nullable
    String entrypoint;

    @Option(
            names = {"-e", "--env"},
            paramLabel = "NAME=VALUE",
            description = "Set environment variables")
    List<String> environment = new ArrayList<>();

    @Option(names = "--env-from-file", paramLabel = "FILE", description = "Set environment variables from file")
    List<String> envFiles = new ArrayList<>();

    @Option(
            names = {"-l", "--label"},
            paramLabel = "NAME=VALUE",
            description = "Add or override a label")
    List<String> labels = new ArrayList<>();

    @Option(
            names = {"-p", "--publish"},
            paramLabel = "PORT",
            description = "Publish a container's port(s) to the host")
    List<String> publish = new ArrayList<>();

    @Option(
            names = {"-P", "--service-ports"},
            description = "Run command with all service's ports enabled and mapped to the host")
    boolean servicePorts;

    @Option(
            names = {"-u", "--user"},
            paramLabel = "USER",
            description = "Run as specified username or uid")
    @Nullable
    String user;

    @Option(
            names = {"-v", "--volume"},
            paramLabel = "VOLUME",
            description = "Bind mount a volume")
    List<String> volumes = new ArrayList<>();

    @Option(
            names = {"-w", "--workdir"},
            paramLabel = "DIR",
            description = "Working directory inside the container")
    @Nullable
    String workdir;

    void check() {
        if (servicePorts && !publish.isEmpty()) {
            throw new CommandException("--service-ports and --publish are incompatible");
        }
    }

    /**
     * The service as the container is to be: without ports, name, and restarts of its own.
     *
     * @param command of the command line; empty for the service's
     */
    Service apply(Session session, Service service, List<String> command, boolean terminal, boolean input) {
        Service asked = read(session);
        var changed = service.toBuilder()
                .containerName(null)
                .restart("no")
                .scale(null)
                .tty(terminal)
                .stdinOpen(input)
                .ports(servicePorts ? service.ports() : asked.ports())
                .volumes(volumes(service, asked))
                .environment(merged(service.environment(), asked.environment()))
                .labels(merged(service.labels(), asked.labels()))
                .security(security(service.security()));
        if (user != null) {
            changed.user(user);
        }
        if (workdir != null) {
            changed.workingDir(workdir);
        }
        if (entrypoint != null) {
            changed.entrypoint(asked.entrypoint()).command(null);
        }
        if (!command.isEmpty()) {
            changed.command(command);
        }
        return changed.build();
    }

    private Service read(Session session) {
        JsonObject only = JsonObject.create()
                .put("image", "scratch")
                .put("environment", environment)
                .put("labels", labels)
                .put("ports", publish)
                .put("volumes", volumes)
                .put(
                        "env_file",
                        envFiles.stream()
                                .map(file -> session.world()
                                        .directory()
                                        .resolve(file)
                                        .toString())
                                .toList());
        if (entrypoint != null) {
            only.put("entrypoint", entrypoint);
        }
        JsonObject project = JsonObject.create()
                .put("name", SERVICE)
                .put("services", JsonObject.create().put(SERVICE, only));
        LoadRequest request = LoadRequest.builder(session.world().directory())
                .files(List.of(new ComposeSource("the options of run", project.toString())))
                .environment(session.world().environment())
                .options(LoadOptions.DEFAULT.interpolate(false).checkConsistency(false))
                .build();
        return new ComposeLoader().load(request).project().service(SERVICE).orElseThrow();
    }

    private static List<ServiceVolume> volumes(Service service, Service asked) {
        Map<String, ServiceVolume> byTarget = new LinkedHashMap<>();
        service.volumes().forEach(volume -> byTarget.put(String.valueOf(volume.target()), volume));
        asked.volumes().forEach(volume -> byTarget.put(String.valueOf(volume.target()), volume));
        return List.copyOf(byTarget.values());
    }

    private static <V extends @Nullable Object> Map<String, V> merged(Map<String, V> base, Map<String, V> over) {
        Map<String, V> all = new LinkedHashMap<>(base);
        all.putAll(over);
        return all;
    }

    private Security security(Security base) {
        Set<String> add = new LinkedHashSet<>(base.capAdd());
        Set<String> drop = new LinkedHashSet<>(base.capDrop());
        add.addAll(capAdd);
        drop.removeAll(capAdd);
        drop.addAll(capDrop);
        add.removeAll(capDrop);
        return new Security(
                base.privileged(),
                base.readOnly(),
                List.copyOf(add),
                List.copyOf(drop),
                base.securityOpt(),
                base.groupAdd(),
                base.devices(),
                base.deviceCgroupRules());
    }
}
