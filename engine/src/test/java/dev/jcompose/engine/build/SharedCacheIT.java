package dev.jcompose.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.BuildRequest;
import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.testing.BuildScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.testing.DockerRegistry;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caches that other machines can read: {@code cache_from} and {@code cache_to}. */
@RequiresRoot
class SharedCacheIT extends BuildScenario {
    private static final String DOCKERFILE = """
            FROM busybox AS made
            RUN echo made >/made
            FROM busybox
            COPY file /file
            RUN cat /proc/sys/kernel/random/uuid >/when
            COPY --from=made /made /made
            """;

    /** A build on another machine, which has nothing but the base image. */
    private List<String> elsewhere(Path directory, String cacheFrom) throws Exception {
        ByteArrayOutputStream base = new ByteArrayOutputStream();
        engine().engine().images().save(List.of("busybox"), base);
        List<String> output = new ArrayList<>();
        try (TestEngine other = new TestEngine(directory)) {
            other.engine().images().load(new ByteArrayInputStream(base.toByteArray()));
            String json = TestEngine.canonical(context(), service("      cache_from: ['" + cacheFrom + "']\n"));
            other.engine().builds().build(BuildRequest.of(json, Set.of()), event -> note(event, output));
            output.add(other.images()
                    .find(ImageReference.parse("p-web"))
                    .orElseThrow()
                    .id());
        }
        return output;
    }

    private static void note(Event event, List<String> output) {
        String line = event.attributes().get(BuildRequest.OUTPUT);
        if (line != null) {
            output.add(line);
        }
    }

    private static String service(String more) {
        return "services:\n  web:\n    build:\n      context: .\n" + more;
    }

    private String buildHere(String cacheTo) throws IOException {
        file("file", "content");
        file("Dockerfile", DOCKERFILE);
        return build(DOCKERFILE, "    build:\n      context: .\n      cache_to: ['" + cacheTo + "']\n")
                .id();
    }

    private static long cached(List<String> output) {
        return output.stream().filter(line -> line.endsWith("CACHED")).count();
    }

    @Test
    void aDirectoryCarriesTheWholeCacheToAnotherMachine(@TempDir Path other) throws Exception {
        String image = buildHere("type=local,dest=cache,mode=max");
        assertThat(context().resolve("cache/index.json")).isNotEmptyFile();
        List<String> output = elsewhere(other, "type=local,src=cache");
        assertThat(output).last().isEqualTo(image);
        assertThat(output).noneMatch(line -> line.contains("ERROR"));
    }

    @Test
    void aRegistryCarriesItToo(@TempDir Path other, @TempDir Path directory) throws Exception {
        try (DockerRegistry registry = DockerRegistry.open(directory)) {
            String name = registry.name() + "/team/cache:main";
            String image = buildHere("type=registry,ref=" + name + ",mode=max");
            assertThat(elsewhere(other, name)).last().isEqualTo(image);
        }
    }

    @Test
    void withoutMaxOnlyTheLayersOfTheImageAreThere(@TempDir Path other) throws Exception {
        buildHere("type=local,dest=cache");
        List<String> output = elsewhere(other, "type=local,src=cache");
        // The stage runs again, and makes a layer with another time: what is copied from it is the same all the same.
        assertThat(output)
                .anyMatch(line -> line.contains("[web made 2/2] RUN echo made"))
                .anyMatch(line -> line.contains("importing cache from"));
        assertThat(cached(output)).isEqualTo(3);
    }

    @Test
    void aCacheThatIsNotThereOrDamagedIsDoneWithout(@TempDir Path other) throws Exception {
        buildHere("type=local,dest=cache,mode=max");
        try (var blobs = Files.list(context().resolve("cache/blobs/sha256"))) {
            for (Path blob : blobs.filter(path -> path.toFile().length() > 1000).toList()) {
                Files.writeString(blob, "rotten");
            }
        }
        assertThat(elsewhere(other.resolve("one"), "type=local,src=cache"))
                .anyMatch(line -> line.contains("WARN: a layer of the cache") && line.contains("is damaged"))
                .anyMatch(line -> line.contains("exporting to image"));
        assertThat(elsewhere(other.resolve("two"), "type=local,src=none"))
                .anyMatch(line -> line.contains("ERROR: no such file") && line.contains("none/index.json"));
    }

    @Test
    void whatCannotBeACacheIsRefusedOrTold() throws Exception {
        file("file", "content");
        assertThatThrownBy(
                        () -> build(DOCKERFILE, "    build:\n      context: .\n      cache_to: ['type=disk,dest=x']\n"))
                .hasMessage("services.web.build: cache_to: \"type=disk,dest=x\": known types are registry and local");
        assertThatThrownBy(() -> build(DOCKERFILE, "    build:\n      context: .\n      cache_from: ['type=local']\n"))
                .hasMessageContaining("src= is missing");
        build(DOCKERFILE, "    build:\n      context: .\n      cache_from: ['type=gha']\n");
        assertThat(output()).anyMatch(line -> line.contains("cache \"type=gha\" is not used"));
        assertThatThrownBy(() -> build(
                        DOCKERFILE, "    build:\n      context: .\n      cache_to: ['type=local,dest=/proc/cache']\n"))
                .hasMessageContaining("cannot export the cache to '/proc/cache'");
        build(
                DOCKERFILE,
                "    build:\n      context: .\n      cache_to: ['type=local,dest=/proc/cache,ignore-error=true']\n");
    }
}
