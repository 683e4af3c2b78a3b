package dev.jcompose.model.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.load.ComposeSource;
import dev.jcompose.model.load.LoadOptions;
import dev.jcompose.model.load.LoadRequest;
import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.write.ProjectWriter;
import dev.jcompose.model.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However the attributes of a service are shared out between a file and its override, or between a service and the one
 * that it extends, the service is the same. Seeds are fixed.
 */
class SplitPropertyTest {
    private final MappingNode whole = whole();

    private static MappingNode whole() {
        try {
            String text = Files.readString(Path.of("src/test/resources/every-attribute.yaml"));
            return (MappingNode) YamlReader.read("every.yaml", text).get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Project load(MappingNode... files) {
        List<ComposeSource> sources = new ArrayList<>();
        for (MappingNode file : files) {
            sources.add(new ComposeSource("f" + sources.size() + ".yaml", ProjectWriter.modelToYaml(file.plain())));
        }
        return new ComposeLoader()
                .load(LoadRequest.builder(Path.of("/project"))
                        .files(sources)
                        .projectName("p")
                        .environment(Map.of("V", "value", "HOME", "/home/user"))
                        .profiles(List.of("*"))
                        .options(LoadOptions.DEFAULT.checkConsistency(false).allResources(true))
                        .build())
                .project();
    }

    private MappingNode services() {
        return Objects.requireNonNull(whole.mapping("services"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void anOverrideWithTheRestGivesTheWhole(long seed) {
        Random random = new Random(seed);
        MappingNode first = services();
        MappingNode second = services();
        for (String name : services().keys()) {
            for (String attribute : keys(services(), name)) {
                if (random.nextBoolean()) {
                    first = without(first, name, attribute);
                } else {
                    second = without(second, name, attribute);
                }
            }
        }

        assertThat(load(whole.with("services", first), whole.with("services", second))
                        .servicesByName())
                .isEqualTo(load(whole).servicesByName());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aServiceWithTheRestInItsBaseIsTheWhole(long seed) {
        Random random = new Random(seed);
        for (String name : services().keys()) {
            MappingNode own = services();
            MappingNode base = services();
            for (String attribute : keys(services(), name)) {
                if (random.nextBoolean()) {
                    own = without(own, name, attribute);
                } else {
                    base = without(base, name, attribute);
                }
            }
            MappingNode both = own.with("zz-base", Objects.requireNonNull(base.get(name)));
            MappingNode service = Objects.requireNonNull(both.mapping(name));
            if (service.has("extends")) {
                continue;
            }
            Node extended =
                    ((MappingNode) YamlReader.read("x", "extends: zz-base").get(0)).get("extends");
            MappingNode file = both.with(name, service.with("extends", Objects.requireNonNull(extended)));

            Service split = load(whole.with("services", file)).service(name).orElseThrow();
            assertThat(split).isEqualTo(load(whole).service(name).orElseThrow());
        }
    }

    private static List<String> keys(MappingNode services, String name) {
        return services.get(name) instanceof MappingNode service ? List.copyOf(service.keys()) : List.of();
    }

    private static MappingNode without(MappingNode services, String name, String attribute) {
        return services.get(name) instanceof MappingNode service
                ? services.with(name, service.without(attribute))
                : services;
    }
}
