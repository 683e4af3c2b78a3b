package dev.jcompose.model.check;

import dev.jcompose.model.Build;
import dev.jcompose.model.DependsOn;
import dev.jcompose.model.EnvFile;
import dev.jcompose.model.FileMount;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceVolume;
import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.problem.Problem;
import dev.jcompose.model.problem.Problems;
import dev.jcompose.model.problem.Suggestion;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stage: references between elements, and rules between attributes, of the enabled services. */
public final class Consistency {
    private static final String INVALID = ": invalid compose project";
    private static final String SERVICE = "service:";
    /** Looking for a near name takes time for each name that there is; nobody reads more hints in one run. */
    private static final int MAX_HINTS = 20;

    private static final Set<String> TEST_KINDS = Set.of("NONE", "CMD", "CMD-SHELL");

    private final Project project;
    private final Places places;
    private final Problems problems;
    private int hints;

    private Consistency(Project project, MappingNode model, Problems problems) {
        this.project = project;
        this.places = new Places(model);
        this.problems = problems;
    }

    /**
     * Reports what is wrong.
     *
     * @param model what the project was bound from: it knows the places
     */
    public static void check(Project project, MappingNode model, Problems problems) {
        Consistency check = new Consistency(project, model, problems);
        if (problems.isIncomplete()) {
            return;
        }
        project.services().forEach(check::service);
        check.containerNames();
        check.cycles();
    }

    private void error(Service service, String message, String... parts) {
        problems.error(problem(service, message, parts));
    }

    private Problem problem(Service service, String message, String... parts) {
        return places.problem(service.name(), message + INVALID, parts);
    }

    private void service(Service service) {
        boolean empty = service.image() == null && service.build() == null && service.provider() == null;
        if (empty && !problems.isMemberCovered("services." + service.name())) {
            error(service, "service \"" + service.name() + "\" has neither an image nor a build context specified");
        }
        if (service.build() != null) {
            build(service, service.build());
        }
        references(service);
        dependencies(service);
        mounts(service);
        values(service);
        new LimitChecks(service, places, problems).check();
    }

    private void build(Service service, Build build) {
        String name = "service \"" + service.name() + "\" declares ";
        if (build.dockerfileInline() != null && build.dockerfile() != null) {
            error(service, name + "mutualy exclusive dockerfile and dockerfile_inline", "build", "dockerfile_inline");
        }
        build.additionalContexts().forEach((key, context) -> {
            if (context.startsWith(SERVICE)) {
                String other = context.substring(SERVICE.length());
                String rest = " service \"" + other + "\" as additional contexts " + key;
                Service target = project.servicesByName().get(other);
                if (target == null) {
                    problems.error(problem(service, name + "unknown" + rest, "build", "additional_contexts", key)
                            .withHint(otherService(service, other)));
                } else if (target.build() == null) {
                    error(service, name + "non-buildable" + rest, "build", "additional_contexts", key);
                }
            }
        });
        String platform = service.platform();
        if (platform != null
                && !build.platforms().isEmpty()
                && !build.platforms().contains(platform)) {
            error(
                    service,
                    "service.build.platforms MUST include service.platform \"" + platform + "\"",
                    "build",
                    "platforms");
        }
    }

    private void references(Service service) {
        if (service.namespaces().network() != null && !service.networks().isEmpty()) {
            error(
                    service,
                    "service " + service.name() + " declares mutually exclusive `network_mode` and `networks`",
                    "network_mode");
        }
        for (String network : service.networks().keySet()) {
            defined(service, "network", network, project.networks().keySet(), "networks", network);
        }
        for (String model : service.models().keySet()) {
            defined(service, "model", model, project.models().keySet(), "models", model);
        }
        int index = 0;
        for (ServiceVolume mount : service.volumes()) {
            if (mount.type() == ServiceVolume.Type.VOLUME && mount.source() != null) {
                String source = mount.source();
                defined(service, "volume", source, project.volumes().keySet(), "volumes", String.valueOf(index));
            }
            index++;
        }
        files(service, "config", service.configs(), project.configs().keySet(), "configs");
        files(service, "secret", service.secrets(), project.secrets().keySet(), "secrets");
        if (service.build() != null) {
            List<FileMount> secrets = service.build().secrets();
            files(service, "build secret", secrets, project.secrets().keySet(), "build", "secrets");
        }
    }

    private void files(Service service, String kind, List<FileMount> files, Set<String> known, String... path) {
        for (int i = 0; i < files.size(); i++) {
            String[] place = Arrays.copyOf(path, path.length + 1);
            place[path.length] = String.valueOf(i);
            defined(service, kind, files.get(i).source(), known, place);
        }
    }

    private void defined(Service service, String kind, String name, Set<String> known, String... place) {
        String top = kind.substring(kind.lastIndexOf(' ') + 1) + "s.";
        if (!known.contains(name) && !problems.isCovered(top + name)) {
            String message = "service \"" + service.name() + "\" refers to undefined " + kind + " " + name;
            problems.error(problem(service, message, place).withHint(near(name, known)));
        }
    }

    private void dependencies(Service service) {
        for (Map.Entry<String, DependsOn> each : service.dependencies().entrySet()) {
            String name = each.getKey();
            boolean enabled = project.servicesByName().containsKey(name);
            boolean optional =
                    !each.getValue().required() && project.disabledServices().containsKey(name);
            if (!enabled && !optional && !problems.isCovered("services." + name)) {
                String message = "service \"" + service.name() + "\" depends on undefined service \"" + name + "\"";
                problems.error(problem(service, message, "depends_on", name).withHint(otherService(service, name)));
            }
        }
    }

    /** Why a service is not there, or which one may be meant. */
    private @Nullable String otherService(Service service, String name) {
        Service disabled = project.disabledServices().get(name);
        if (disabled != null) {
            return "none of its profiles is active: " + String.join(", ", disabled.profiles());
        }
        Set<String> others = new LinkedHashSet<>(project.servicesByName().keySet());
        others.remove(service.name());
        return near(name, others);
    }

    private @Nullable String near(String name, Set<String> known) {
        return hints++ < MAX_HINTS ? Suggestion.of(name, known) : null;
    }

    private void values(Service service) {
        int index = 0;
        for (EnvFile file : service.envFiles()) {
            if (file.format() != null && !file.format().equals("raw")) {
                problems.error(places.problem(
                        service.name(),
                        "unsupported env_file format \"" + file.format() + "\"",
                        "env_file",
                        String.valueOf(index),
                        "format"));
            }
            index++;
        }
        List<String> test =
                service.healthcheck() == null ? null : service.healthcheck().test();
        if (test != null && !test.isEmpty() && !TEST_KINDS.contains(test.get(0))) {
            problems.error(places.problem(
                    service.name(),
                    "healthcheck.test must start either by \"CMD\", \"CMD-SHELL\" or \"NONE\"",
                    "healthcheck",
                    "test"));
        }
    }

    private void mounts(Service service) {
        Map<String, String> targets = new HashMap<>();
        String prefix = "services." + service.name() + ".";
        int index = 0;
        for (String tmpfs : service.tmpfs()) {
            int colon = tmpfs.indexOf(':');
            mount(service, targets, colon < 0 ? tmpfs : tmpfs.substring(0, colon), prefix, "tmpfs", index++);
        }
        index = 0;
        for (ServiceVolume mount : service.volumes()) {
            if (mount.target() != null) {
                mount(service, targets, mount.target(), prefix, "volumes", index);
            }
            index++;
        }
    }

    private void mount(
            Service service, Map<String, String> targets, String target, String prefix, String kind, int index) {
        String place = prefix + kind + "[" + index + "]";
        String earlier = targets.putIfAbsent(target, place);
        if (earlier != null) {
            problems.error(places.problem(
                    service.name(),
                    place + ": target " + target + " already mounted as " + earlier,
                    kind,
                    String.valueOf(index)));
        }
    }

    private void containerNames() {
        Map<String, String> owners = new HashMap<>();
        for (Service service : project.services()) {
            String name = service.containerName();
            String owner = name == null ? null : owners.putIfAbsent(name, service.name());
            if (owner != null) {
                error(
                        service,
                        "services." + service.name() + ": container name \"" + name + "\" is already in use by service "
                                + owner,
                        "container_name");
            }
        }
    }

    private void cycles() {
        List<String> cycle = project.graph().cycle();
        if (!cycle.isEmpty()) {
            StringBuilder where = new StringBuilder();
            for (int i = 0; i + 1 < cycle.size(); i++) {
                where.append(i == 0 ? "" : "\n")
                        .append(places.problem(cycle.get(i), "", "depends_on", cycle.get(i + 1))
                                .location())
                        .append(": ")
                        .append(cycle.get(i))
                        .append(" needs ")
                        .append(cycle.get(i + 1));
            }
            problems.error(places.problem(
                            cycle.get(0),
                            "dependency cycle detected: " + String.join(" -> ", cycle),
                            "depends_on",
                            cycle.get(1))
                    .withHint(where.toString()));
        }
    }
}
