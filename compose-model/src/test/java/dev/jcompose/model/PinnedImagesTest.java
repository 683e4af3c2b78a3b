package dev.jcompose.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinnedImagesTest {
    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io/library/nginx:latest",
        "nginx:1, docker.io/library/nginx:1",
        "me/app, docker.io/me/app:latest",
        "ghcr.io/me/app:2, ghcr.io/me/app:2",
        "localhost:5000/app, localhost:5000/app:latest"
    })
    void namesAreWrittenOut(String image, String full) {
        assertThat(PinnedImages.fullName(image)).isEqualTo(full);
    }

    @Test
    void eachImageGetsItsDigestAndOneThatHasOneStays() {
        Project project = Loading.of("services: {a: {image: nginx}, b: {build: .}, c: {image: 'x@sha256:1'}}")
                .project();

        Project pinned = PinnedImages.pin(project, image -> "sha256:" + image.length());

        assertThat(pinned.servicesByName())
                .extractingFromEntries(each -> each.getValue().image())
                .containsExactly("docker.io/library/nginx:latest@sha256:30", null, "x@sha256:1");
        assertThat(PinnedImages.lock(pinned))
                .isEqualTo(Map.of(
                        "services",
                        Map.of(
                                "a", Map.of("image", "docker.io/library/nginx:latest@sha256:30"),
                                "c", Map.of("image", "x@sha256:1"))));
    }
}
