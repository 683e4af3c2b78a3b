package dev.jcompose.model.write;

import dev.jcompose.model.Project;

/** Writes a project. Stateless. */
public final class ProjectWriter {
    private ProjectWriter() {}

    /** {@link #toYaml(Project, WriteOptions)} as {@code config} prints it. */
    public static String toYaml(Project project) {
        return toYaml(project, WriteOptions.CONFIG);
    }

    /** {@link #toJson(Project, WriteOptions)} with everything, for {@link ProjectReader#fromJson}. */
    public static String toJson(Project project) {
        return toJson(project, WriteOptions.COMPLETE);
    }

    /** The project as a YAML document. */
    public static String toYaml(Project project, WriteOptions options) {
        throw new UnsupportedOperationException(project.name() + options);
    }

    /** The project as an indented JSON document. */
    public static String toJson(Project project, WriteOptions options) {
        throw new UnsupportedOperationException(project.name() + options);
    }
}
