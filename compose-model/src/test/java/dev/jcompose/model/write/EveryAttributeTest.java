package dev.jcompose.model.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.load.ComposeSource;
import dev.jcompose.model.load.LoadOptions;
import dev.jcompose.model.load.LoadRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A file with every attribute of the specification: each one gets into a record, and out of it again. */
class EveryAttributeTest {

    private static LoadRequest request() throws IOException {
        String text = Files.readString(Path.of("src/test/resources/every-attribute.yaml"));
        return LoadRequest.builder(Path.of("/project"))
                .files(List.of(new ComposeSource("compose.yaml", text)))
                .environment(Map.of("V", "value"))
                .profiles(List.of("*"))
                .options(LoadOptions.DEFAULT.allResources(true))
                .build();
    }

    @Test
    void everyKeyOfTheModelIsWritten() throws IOException {
        Object model = new ComposeLoader().loadModel(request()).plain();
        Object written = ProjectTree.of(new ComposeLoader().load(request()).project(), WriteOptions.COMPLETE);

        List<String> missing = new ArrayList<>();
        compare("", model, written, missing);

        assertThat(missing).isEmpty();
    }

    private static void compare(String path, @Nullable Object model, @Nullable Object written, List<String> missing) {
        if (model instanceof Map<?, ?> map && written instanceof Map<?, ?> out) {
            map.forEach((key, value) -> {
                if (out.containsKey(key)) {
                    compare(path + "." + key, value, out.get(key), missing);
                } else if (!isDefault(path + "." + key)) {
                    missing.add(path + "." + key);
                }
            });
        } else if (model instanceof List<?> list && written instanceof List<?> out) {
            for (int i = 0; i < list.size() && i < out.size(); i++) {
                compare(path + "[" + i + "]", list.get(i), out.get(i), missing);
            }
        }
    }

    /** Written only when it is not the default, or under another name. */
    private static boolean isDefault(String path) {
        return path.endsWith(".create_host_path") || path.endsWith(".x-jcompose-content");
    }
}
