package dev.jcompose.model.bind;

import dev.jcompose.model.Project;
import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.NodePath;
import dev.jcompose.model.problem.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Stage: turns a model in long form into a project, with all services enabled. */
public final class ProjectBinder {
    private ProjectBinder() {}

    /**
     * The project; values that cannot be read are reported.
     *
     * @param name the project's name
     * @param workingDirectory the absolute project directory
     * @param composeFiles the files it was loaded from
     */
    public static Project bind(
            MappingNode model, String name, Path workingDirectory, List<String> composeFiles, Problems problems) {
        Fields fields = new Fields(model, NodePath.ROOT, problems);
        return new Project(
                name,
                workingDirectory,
                composeFiles,
                fields.named("services", ServiceBinder::service),
                Map.of(),
                fields.named("networks", ResourceBinder::network),
                fields.named("volumes", ResourceBinder::volume),
                fields.named("configs", ResourceBinder::config),
                fields.named("secrets", ResourceBinder::secret),
                fields.named("models", ResourceBinder::model),
                fields.extensions());
    }
}
