package dev.jcompose.model.load;

import dev.jcompose.model.Project;
import dev.jcompose.model.problem.ComposeFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Files in a directory, and what loading gives there. */
final class Files {
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private LoadRequest.Builder request;

    Files(Path directory) {
        this.directory = directory;
        this.request = LoadRequest.builder(directory);
    }

    Files file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Path parent = file.getParent();
        if (parent != null) {
            java.nio.file.Files.createDirectories(parent);
        }
        java.nio.file.Files.writeString(file, text);
        return this;
    }

    Files with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** The command is run in this directory below. */
    Files in(String name) {
        request = LoadRequest.builder(directory.resolve(name));
        return this;
    }

    LoadRequest.Builder request() {
        return request.environment(environment);
    }

    LoadResult result() {
        return new ComposeLoader().load(request().build());
    }

    Project project() {
        return result().project();
    }

    String failure() {
        try {
            return "loaded " + project();
        } catch (ComposeFileException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
