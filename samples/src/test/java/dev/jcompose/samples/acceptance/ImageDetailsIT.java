package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.json.Json;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.images.testing.DockerRegistry;
import dev.jcompose.linux.testing.RequiresRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is said of an image that has everything: by our commands, over Docker's API, and by skopeo. */
@RequiresRoot
class ImageDetailsIT extends SharedEngineScenario {
    private static final String DOCKERFILE = """
            FROM scratch
            LABEL a=b c="d e"
            ENV X=1 Y="2 3"
            EXPOSE 80 53/udp
            VOLUME /data /log
            USER 1:2
            WORKDIR /w
            STOPSIGNAL SIGINT
            HEALTHCHECK --interval=5s --timeout=2s --start-period=3s --start-interval=1s --retries=4 CMD true
            SHELL ["/bin/busybox", "sh", "-c"]
            COPY busybox /bin/busybox
            ONBUILD RUN true
            ENTRYPOINT ["/bin/busybox"]
            CMD ["sleep", "1"]
            """;

    @BeforeAll
    void build() throws Exception {
        write(
                "name: details\nservices: {web: {build: ., image: 'full:1', volumes: ['kept:/data']}}\nvolumes: {kept: {}}\n");
        Files.copy(Path.of("/bin/busybox"), folder.resolve("busybox"));
        Files.writeString(folder.resolve(".dockerignore"), "*\n!busybox\n");
        Files.writeString(folder.resolve("Dockerfile"), DOCKERFILE);
        jcompose.ok("build", "-q");
        jcompose.ok("create");
    }

    private static Map<?, ?> only(String json) {
        return map(((List<?>) Json.read(json)).get(0));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    @Test
    void inspectAndHistorySayWhatSkopeoReads() throws Exception {
        DockerRegistry.assumePrograms("skopeo");
        Path archive = folder.resolve("full.tar");
        jcompose.ok("save", "-o", archive.toString(), "full:1");
        Map<?, ?> document = map(Json.read(DockerRegistry.run(
                Map.of(), "skopeo", "--insecure-policy", "inspect", "--config", "--raw", "docker-archive:" + archive)));
        Map<?, ?> inspected = only(jcompose.ok("image", "inspect", "full:1"));

        Map<?, ?> config = map(inspected.get("Config"));
        map(document.get("config"))
                .forEach((field, value) ->
                        assertThat(config.get(field)).as(String.valueOf(field)).isEqualTo(value));
        assertThat(inspected.get("Architecture")).isEqualTo(document.get("architecture"));
        assertThat(inspected.get("Os")).isEqualTo(document.get("os"));
        assertThat(inspected.get("Created")).isEqualTo(document.get("created"));
        assertThat(map(inspected.get("RootFS")).get("Layers"))
                .isEqualTo(map(document.get("rootfs")).get("diff_ids"));
        assertThat(config.keySet().stream().map(String::valueOf))
                .contains("User", "ExposedPorts", "Env", "Entrypoint", "Cmd", "Volumes", "WorkingDir", "Labels")
                .contains("StopSignal", "Healthcheck", "Shell", "OnBuild");

        List<?> steps = (List<?>) Objects.requireNonNull(document.get("history"));
        List<String> told = jcompose.ok("image", "history", "--no-trunc", "--format", "{{.CreatedBy}}", "full:1")
                .lines()
                .toList();
        assertThat(told).hasSize(steps.size());
        for (int i = 0; i < told.size(); i++) {
            Map<?, ?> step = map(steps.get(steps.size() - 1 - i));
            assertThat(told.get(i)).isEqualTo(step.get("created_by"));
            assertThat(String.valueOf(step.get("created"))).as("%s", step).doesNotStartWith("1970");
        }
    }

    @Test
    void diskUsageIsToldByTheCommandAndOverTheApi() throws Exception {
        DockerRegistry.assumePrograms("curl");
        String text = jcompose.ok("system", "df", "-v");
        assertThat(text)
                .contains(
                        "Images space usage:",
                        "Containers space usage:",
                        "Local Volumes space usage:",
                        "Build cache usage:")
                .containsPattern("full +1 +[0-9a-f]{12} +.* ago +\\S+ +0B +\\S+ +1\\n")
                .containsPattern("details_kept +1 +0B\\n");

        JsonObject df = JsonObject.parse(DockerRegistry.run(
                Map.of(),
                "curl",
                "-sf",
                "--unix-socket",
                folder.resolve("run/engine.sock").toString(),
                "http://d/system/df"));
        long busybox = Files.size(folder.resolve("busybox"));
        assertThat(df.number("LayersSize")).isEqualTo(busybox);
        assertThat(df.objects("Images")).singleElement().satisfies(image -> {
            assertThat(image.strings("RepoTags")).containsExactly("full:1");
            assertThat(image.number("Size")).isEqualTo(busybox);
            assertThat(image.number("SharedSize")).isZero();
            assertThat(image.number("Containers")).isEqualTo(1);
        });
        assertThat(df.objects("Containers")).singleElement().satisfies(container -> {
            assertThat(container.strings("Names")).containsExactly("/details-web-1");
            assertThat(container.number("SizeRw")).isZero();
        });
        assertThat(df.objects("Volumes")).anySatisfy(volume -> {
            assertThat(volume.string("Name")).isEqualTo("details_kept");
            assertThat(volume.object("UsageData").number("RefCount")).isEqualTo(1);
        });
        assertThat(df.objects("BuildCache")).isNotEmpty();
    }

    @Test
    void imagesOfContainersAreListedWithAllFields() throws Exception {
        Map<?, ?> row = only(jcompose.ok("images", "--format", "json"));
        assertThat(row.get("ContainerName")).isEqualTo("details-web-1");
        assertThat(row.get("Repository")).isEqualTo("full");
        assertThat(row.get("Tag")).isEqualTo("1");
        assertThat(String.valueOf(row.get("LastTagTime"))).startsWith("20");
    }
}
