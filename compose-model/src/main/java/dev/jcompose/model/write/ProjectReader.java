package dev.jcompose.model.write;

import dev.jcompose.model.Project;
import dev.jcompose.model.bind.ProjectBinder;
import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.SequenceNode;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.Problems;
import dev.jcompose.model.yaml.JsonReader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Reads what {@link ProjectWriter#toJson(Project)} wrote. Stateless; does not look at the file system. */
public final class ProjectReader {
    private ProjectReader() {}

    /**
     * The project that was written; equal to the original.
     *
     * @throws IllegalArgumentException if the text is not such a document
     */
    public static Project fromJson(String json) {
        if (!(JsonReader.read(json) instanceof MappingNode model)
                || !(model.get(ProjectTree.OWN) instanceof MappingNode own)) {
            throw new IllegalArgumentException("not a complete project: \"" + ProjectTree.OWN + "\" is missing");
        }
        Problems problems = new Problems();
        List<String> files = own.get("config_files") instanceof SequenceNode list
                ? list.items().stream()
                        .map(item -> String.valueOf(item.plain()))
                        .toList()
                : List.of();
        MappingNode content = model.without(ProjectTree.OWN);
        Project project = bind(content, text(model, "name"), Path.of(text(own, "working_dir")), files, problems);
        MappingNode disabled = own.mapping("disabled");
        if (disabled != null) {
            MappingNode services = MappingNode.empty(SourceLocation.NONE).with("services", disabled);
            Project switchedOff = bind(services, project.name(), project.workingDirectory(), files, problems);
            project = project.withServices(project.servicesByName(), switchedOff.servicesByName());
        }
        if (problems.failed()) {
            throw new IllegalArgumentException(
                    problems.errors().stream().map(Object::toString).collect(Collectors.joining("\n")));
        }
        return project;
    }

    private static Project bind(MappingNode model, String name, Path directory, List<String> files, Problems problems) {
        return ProjectBinder.bind(model, name, directory, files, problems);
    }

    private static String text(MappingNode mapping, String key) {
        Node node = mapping.get(key);
        String text = node == null ? null : node.text();
        if (text == null) {
            throw new IllegalArgumentException("not a complete project: \"" + key + "\" is missing");
        }
        return text;
    }
}
