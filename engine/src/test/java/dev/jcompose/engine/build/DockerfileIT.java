package dev.jcompose.engine.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.testing.BuildScenario;
import dev.jcompose.images.Image;
import dev.jcompose.linux.testing.RequiresRoot;
import org.junit.jupiter.api.Test;

@RequiresRoot
class DockerfileIT extends BuildScenario {
    @Test
    void aLineIsRunByTheShell() throws Exception {
        Image image = build("FROM busybox\nRUN echo $((40+2)) >/answer\n");
        assertThat(added(image)).containsOnlyKeys("/answer");
        assertThat(content(image, "/answer")).isEqualTo("42\n");
    }
}
