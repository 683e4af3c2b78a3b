package dev.jcompose.model.cases;

import dev.jcompose.model.yaml.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A black-box case: files, arguments and environment in; an outcome and facts about the model out.
 *
 * @param json the whole case
 */
record SpecCase(Map<String, @Nullable Object> json) {

    static List<SpecCase> read(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .map(line -> new SpecCase(mapping(JsonReader.read(line).plain())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whole models by case id. */
    static Map<String, @Nullable Object> readModels(Path file) {
        Map<String, @Nullable Object> models = new LinkedHashMap<>();
        read(file).forEach(each -> models.put(each.id(), each.json.get("model")));
        return models;
    }

    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> mapping(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, @Nullable Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<@Nullable Object> list(@Nullable Object value) {
        return value == null ? List.of() : (List<@Nullable Object>) value;
    }

    String id() {
        return String.valueOf(json.get("id"));
    }

    Map<String, @Nullable Object> files() {
        return mapping(json.get("files"));
    }

    List<String> args() {
        return list(json.get("args")).stream().map(String::valueOf).toList();
    }

    Map<String, @Nullable Object> environment() {
        return mapping(json.get("env"));
    }

    String directory() {
        Object cwd = json.get("cwd");
        return cwd == null ? "." : cwd.toString();
    }

    boolean succeeds() {
        return "ok".equals(json.get("expect"));
    }

    boolean isStrict() {
        return !Boolean.FALSE.equals(json.get("strict"));
    }

    String expectedError() {
        Object text = json.get("expect_error_contains");
        return text == null ? "" : text.toString();
    }

    List<String> expectedWarnings() {
        return list(json.get("warn_contains")).stream().map(String::valueOf).toList();
    }

    List<Fact> facts() {
        return list(json.get("facts")).stream()
                .map(fact -> Fact.of(mapping(fact)))
                .toList();
    }
}
