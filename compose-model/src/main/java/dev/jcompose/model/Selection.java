package dev.jcompose.model;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Switches services of a project on and off. */
final class Selection {
    private Selection() {}

    static Project services(Project project, Set<String> selected, boolean includeDependencies) {
        for (String name : selected) {
            if (project.service(name).isEmpty()) {
                throw new IllegalArgumentException("no such service: " + name);
            }
        }
        Set<String> kept = selected.isEmpty() ? project.servicesByName().keySet() : selected;
        if (includeDependencies) {
            kept = project.graph().withDependencies(kept);
            checkDependencies(project, kept);
        }
        Map<String, Service> enabled = new LinkedHashMap<>();
        Map<String, Service> disabled = new LinkedHashMap<>(project.disabledServices());
        for (Service service : project.services()) {
            if (kept.contains(service.name())) {
                enabled.put(service.name(), cut(service, kept));
            } else {
                disabled.put(service.name(), service);
            }
        }
        return withoutUnused(project.withServices(enabled, disabled));
    }

    private static void checkDependencies(Project project, Set<String> kept) {
        for (Service service : project.services()) {
            if (!kept.contains(service.name())) {
                continue;
            }
            service.dependencies().forEach((dependency, how) -> {
                if (how.required() && project.service(dependency).isEmpty()) {
                    Service disabled = project.disabledServices().get(dependency);
                    String why = disabled == null
                            ? ""
                            : "; \"" + service.name() + "\" depends on it, but none of its profiles is active: "
                                    + String.join(", ", disabled.profiles());
                    throw new IllegalArgumentException("no such service: " + dependency + why);
                }
            });
        }
    }

    /** Without dependencies on services that are not kept: optional ones that a profile switched off, for example. */
    private static Service cut(Service service, Set<String> kept) {
        Map<String, DependsOn> rest = new LinkedHashMap<>(service.dependsOn());
        return rest.keySet().retainAll(kept)
                ? service.toBuilder().dependsOn(rest).build()
                : service;
    }

    static Project profiles(Project project, Collection<String> profiles) {
        Map<String, Service> all = new LinkedHashMap<>(project.servicesByName());
        all.putAll(project.disabledServices());
        Map<String, Service> enabled = new LinkedHashMap<>();
        Map<String, Service> disabled = new LinkedHashMap<>();
        all.forEach((name, service) -> (hasProfile(service, profiles) ? enabled : disabled).put(name, service));
        return project.withServices(enabled, disabled);
    }

    private static boolean hasProfile(Service service, Collection<String> profiles) {
        return service.profiles().isEmpty()
                || profiles.contains("*")
                || service.profiles().stream().anyMatch(profiles::contains);
    }

    static Project withoutUnused(Project project) {
        Set<String> networks = new HashSet<>();
        Set<String> volumes = new HashSet<>();
        Set<String> configs = new HashSet<>();
        Set<String> secrets = new HashSet<>();
        Set<String> models = new HashSet<>();
        for (Service service : project.services()) {
            networks.addAll(service.networks().keySet());
            for (ServiceVolume mount : service.volumes()) {
                if (mount.type() == ServiceVolume.Type.VOLUME && mount.source() != null) {
                    volumes.add(mount.source());
                }
            }
            service.configs().forEach(config -> configs.add(config.source()));
            service.secrets().forEach(secret -> secrets.add(secret.source()));
            if (service.build() != null) {
                service.build().secrets().forEach(secret -> secrets.add(secret.source()));
            }
            models.addAll(service.models().keySet());
        }
        return new Project(
                project.name(),
                project.workingDirectory(),
                project.composeFiles(),
                project.servicesByName(),
                project.disabledServices(),
                kept(project.networks(), networks),
                kept(project.volumes(), volumes),
                kept(project.configs(), configs),
                kept(project.secrets(), secrets),
                kept(project.models(), models),
                project.extensions());
    }

    private static <T> Map<String, T> kept(Map<String, T> all, Set<String> used) {
        Map<String, T> kept = new LinkedHashMap<>(all);
        kept.keySet().retainAll(used);
        return kept;
    }
}
