package dev.jcompose.model.load;

import dev.jcompose.model.EnvFile;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.dotenv.DotEnv;
import dev.jcompose.model.interpolate.Variables;
import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.Problem;
import dev.jcompose.model.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stage: reads the env_files and label_files of the enabled services into their environment and labels. */
final class ServiceFiles {
    private final MappingNode model;
    private final Map<String, String> environment;
    private final Path directory;
    private final Problems problems;

    /** @param model what the project was bound from: it knows the places */
    ServiceFiles(MappingNode model, Map<String, String> environment, Path directory, Problems problems) {
        this.model = model;
        this.environment = environment;
        this.directory = directory;
        this.problems = problems;
    }

    /** Whether services of a model have such files. */
    static boolean areUsed(MappingNode model) {
        MappingNode services = model.mapping("services");
        return services != null
                && services.keys().stream()
                        .map(services::get)
                        .anyMatch(service -> service instanceof MappingNode mapping
                                && (mapping.get("env_file") != null || mapping.get("label_file") != null));
    }

    /**
     * The project with the files' content in place of the files. A required file that is missing, and one that is not
     * valid, is reported.
     */
    Project resolve(Project project) {
        Map<String, Service> services = new LinkedHashMap<>();
        project.services().forEach(service -> services.put(service.name(), resolve(service)));
        return project.withServices(services, project.disabledServices());
    }

    private Service resolve(Service service) {
        if (service.envFiles().isEmpty() && service.labelFiles().isEmpty()) {
            return service;
        }
        return service.toBuilder()
                .environment(environment(service))
                .envFiles(List.of())
                .labels(labels(service))
                .labelFiles(List.of())
                .build();
    }

    private Map<String, @Nullable String> environment(Service service) {
        Map<String, @Nullable String> all = new LinkedHashMap<>();
        Variables lookup =
                Variables.of(environment).orElse(name -> service.environment().get(name));
        int index = 0;
        for (EnvFile file : service.envFiles()) {
            String place = "services." + service.name() + ".env_file[" + index++ + "]";
            Path path = directory.resolve(file.path());
            if (Files.exists(path)) {
                all.putAll(read(path, "env file ", "raw".equals(file.format()), lookup, all::get, place));
            } else if (file.required()) {
                missing("env file ", path, place);
            }
        }
        all.putAll(service.environment());
        return all;
    }

    private Map<String, String> labels(Service service) {
        Map<String, String> all = new LinkedHashMap<>();
        int index = 0;
        for (String file : service.labelFiles()) {
            String place = "services." + service.name() + ".label_file[" + index++ + "]";
            Path path = directory.resolve(file);
            if (Files.exists(path)) {
                all.putAll(read(path, "label file ", false, Variables.of(environment), all::get, place));
            } else {
                missing("label file ", path, place);
            }
        }
        all.putAll(service.labels());
        return all;
    }

    private Map<String, String> read(
            Path path, String kind, boolean raw, Variables lookup, Variables earlier, String place) {
        try {
            String text = TextFile.read(path);
            return raw
                    ? DotEnv.parseRaw(text, lookup.orElse(earlier))
                    : DotEnv.parse(text, lookup, earlier, ProjectEnvironment.unset(path, problems));
        } catch (IOException e) {
            String message = Files.isDirectory(path) ? path + " is a directory" : kind + path + ": " + e.getMessage();
            report(place, message);
        } catch (DotEnv.DotEnvException e) {
            problems.error(ProjectEnvironment.invalid(path, e));
        }
        return Map.of();
    }

    private void missing(String kind, Path path, String place) {
        report(place, kind + path + " not found: stat " + path + ": no such file or directory");
    }

    private void report(String path, String message) {
        Place place = Place.find(model, path);
        problems.error(
                place == null
                        ? Problem.of(SourceLocation.NONE, path, message)
                        : Problem.of(place.node().location(), path, message).withOrigin(place.origin()));
    }
}
