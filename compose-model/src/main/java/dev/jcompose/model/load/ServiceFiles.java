package dev.jcompose.model.load;

import dev.jcompose.model.EnvFile;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.dotenv.DotEnv;
import dev.jcompose.model.interpolate.Variables;
import dev.jcompose.model.node.SourceLocation;
import dev.jcompose.model.problem.ComposeFileException;
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
    private final Map<String, String> environment;
    private final Path directory;
    private final Problems problems;

    ServiceFiles(Map<String, String> environment, Path directory, Problems problems) {
        this.environment = environment;
        this.directory = directory;
        this.problems = problems;
    }

    /**
     * The project with the files' content in place of the files.
     *
     * @throws ComposeFileException if a required file is missing, or one is not valid
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
        for (EnvFile file : service.envFiles()) {
            Path path = directory.resolve(file.path());
            if (Files.exists(path)) {
                all.putAll(read(path, "env file ", "raw".equals(file.format()), lookup, all::get));
            } else if (file.required()) {
                throw missing("env file ", path, service);
            }
        }
        all.putAll(service.environment());
        return all;
    }

    private Map<String, String> labels(Service service) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String file : service.labelFiles()) {
            Path path = directory.resolve(file);
            if (!Files.exists(path)) {
                throw missing("label file ", path, service);
            }
            all.putAll(read(path, "label file ", false, Variables.of(environment), all::get));
        }
        all.putAll(service.labels());
        return all;
    }

    private Map<String, String> read(Path path, String kind, boolean raw, Variables lookup, Variables earlier) {
        try {
            String text = Files.readString(path);
            return raw
                    ? DotEnv.parseRaw(text, lookup.orElse(earlier))
                    : DotEnv.parse(text, lookup, earlier, ProjectEnvironment.unset(path, problems));
        } catch (IOException e) {
            String message = Files.isDirectory(path) ? path + " is a directory" : kind + path + ": " + e.getMessage();
            throw new ComposeFileException(Problem.of(SourceLocation.NONE, "", message));
        } catch (DotEnv.DotEnvException e) {
            throw ProjectEnvironment.invalid(path, e);
        }
    }

    private static ComposeFileException missing(String kind, Path path, Service service) {
        return new ComposeFileException(Problem.of(
                SourceLocation.NONE,
                "services." + service.name(),
                kind + path + " not found: stat " + path + ": no such file or directory"));
    }
}
