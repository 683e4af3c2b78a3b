package dev.jcompose.engine.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.DependsOn;
import dev.jcompose.model.Service;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelsTest {

    @Test
    void composesLabelsAreOverTheServicesAndThoseOverTheImages() {
        Service service = Service.builder("web")
                .labels(Map.of("team", "shop", "com.docker.compose.project", "forged"))
                .dependsOn(Map.of("db", new DependsOn(DependsOn.Condition.SERVICE_HEALTHY, true, true)))
                .build();
        assertThat(Labels.of(
                        Containers.project("p", service),
                        service,
                        2,
                        "hash",
                        "sha256:1",
                        Map.of("team", "image", "vendor", "image")))
                .containsEntry("vendor", "image")
                .containsEntry("team", "shop")
                .containsEntry("com.docker.compose.project", "p")
                .containsEntry("com.docker.compose.service", "web")
                .containsEntry("com.docker.compose.container-number", "2")
                .containsEntry("com.docker.compose.oneoff", "False")
                .containsEntry("com.docker.compose.config-hash", "hash")
                .containsEntry("com.docker.compose.image", "sha256:1")
                .containsEntry("com.docker.compose.depends_on", "db:service_healthy:true")
                .containsEntry("com.docker.compose.project.working_dir", "/p")
                .containsEntry("com.docker.compose.project.config_files", "/p/compose.yaml");
    }
}
