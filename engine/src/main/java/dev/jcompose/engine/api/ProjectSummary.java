package dev.jcompose.engine.api;

import java.util.List;

/**
 * A project as {@code ls} shows it.
 *
 * @param status such as {@code running(2), exited(1)}
 * @param configFiles absolute paths
 */
public record ProjectSummary(String name, String status, List<String> configFiles) {
    public ProjectSummary {
        configFiles = List.copyOf(configFiles);
    }
}
