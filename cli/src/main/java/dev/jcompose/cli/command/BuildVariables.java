package dev.jcompose.cli.command;

import dev.jcompose.engine.api.RegistryEnvironment;
import dev.jcompose.model.FileMount;
import dev.jcompose.model.Project;
import dev.jcompose.model.Secret;
import dev.jcompose.model.Service;
import dev.jcompose.model.load.LoadResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Those of the caller's variables that builds need: the engine cannot know them, and is not to know others. */
final class BuildVariables {
    private BuildVariables() {}

    /**
     * How to get at registries, agents and repositories, the date of reproducible builds, and what the secrets of the
     * project's builds are taken from.
     *
     * @param caller the variables of the calling process
     */
    static Map<String, String> of(Map<String, String> caller, LoadResult loaded) {
        Map<String, String> all = new HashMap<>(loaded.environment());
        all.putAll(caller);
        Map<String, String> passed = new HashMap<>(RegistryEnvironment.of(caller));
        List<String> names = new ArrayList<>(List.of("SSH_AUTH_SOCK", "GIT_SSH_COMMAND", "SOURCE_DATE_EPOCH"));
        names.addAll(secrets(loaded.project()));
        names.forEach(name -> {
            if (all.containsKey(name)) {
                passed.put(name, all.get(name));
            }
        });
        return passed;
    }

    private static List<String> secrets(Project project) {
        List<String> names = new ArrayList<>();
        for (Service service : project.services()) {
            List<FileMount> mounts =
                    service.build() == null ? List.of() : service.build().secrets();
            for (FileMount mount : mounts) {
                Secret secret = project.secrets().get(mount.source());
                if (secret != null && secret.environment() != null) {
                    names.add(secret.environment());
                }
            }
        }
        return names;
    }
}
