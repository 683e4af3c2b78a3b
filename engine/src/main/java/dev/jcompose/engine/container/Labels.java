package dev.jcompose.engine.container;

import dev.jcompose.model.DependsOn;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The labels by which tools recognise Compose's containers. */
public final class Labels {
    private static final String PREFIX = "com.docker.compose.";

    public static final String PROJECT = PREFIX + "project";
    public static final String SERVICE = PREFIX + "service";
    public static final String NUMBER = PREFIX + "container-number";
    public static final String ONE_OFF = PREFIX + "oneoff";
    public static final String SLUG = PREFIX + "slug";
    public static final String CONFIG_HASH = PREFIX + "config-hash";
    public static final String IMAGE = PREFIX + "image";
    public static final String DEPENDS_ON = PREFIX + "depends_on";
    public static final String WORKING_DIRECTORY = PREFIX + "project.working_dir";
    public static final String CONFIG_FILES = PREFIX + "project.config_files";
    /** On the replacement of another container: what that one was called. */
    public static final String REPLACE = PREFIX + "replace";

    /** On a container of a hook: which one. */
    public static final String HOOK = PREFIX + "hook";

    public static final String NETWORK = PREFIX + "network";
    public static final String VOLUME = PREFIX + "volume";

    private Labels() {}

    /** Of one container: those of its image, over them the service's, over them Compose's. */
    public static Map<String, String> of(
            Project project,
            Service service,
            int number,
            String configHash,
            String imageId,
            Map<String, String> image) {
        Map<String, String> labels = new LinkedHashMap<>(image);
        labels.putAll(service.labels());
        labels.put(PROJECT, project.name());
        labels.put(SERVICE, service.name());
        labels.put(NUMBER, Integer.toString(number));
        labels.put(ONE_OFF, "False");
        labels.put(CONFIG_HASH, configHash);
        labels.put(IMAGE, imageId);
        labels.put(DEPENDS_ON, dependsOn(service));
        labels.put(WORKING_DIRECTORY, project.workingDirectory().toString());
        labels.put(CONFIG_FILES, String.join(",", project.composeFiles()));
        return labels;
    }

    /** {@code db:service_healthy:false}: name, condition, restart. */
    private static String dependsOn(Service service) {
        return service.dependsOn().entrySet().stream()
                .map(entry -> {
                    DependsOn dependency = entry.getValue();
                    return entry.getKey() + ":" + dependency.condition().name().toLowerCase(Locale.ROOT) + ":"
                            + dependency.restart();
                })
                .collect(Collectors.joining(","));
    }
}
