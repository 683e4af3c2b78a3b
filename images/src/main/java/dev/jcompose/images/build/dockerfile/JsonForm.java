package dev.jcompose.images.build.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The exec form: a JSON array of strings. What looks like one and is none is taken as words, as Docker has it. */
final class JsonForm {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private JsonForm() {}

    static Optional<List<String>> parse(String text) {
        if (!text.startsWith("[")) {
            return Optional.empty();
        }
        try {
            JsonNode array = MAPPER.readTree(text);
            List<String> strings = new ArrayList<>();
            for (JsonNode element : array) {
                if (!element.isString()) {
                    return Optional.empty();
                }
                strings.add(element.asString());
            }
            return array.isArray() ? Optional.of(strings) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
