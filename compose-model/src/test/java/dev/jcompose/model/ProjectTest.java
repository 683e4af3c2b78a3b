package dev.jcompose.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProjectTest {
    private static final String FILE = """
            services:
              web: {image: x, depends_on: [db], networks: [front]}
              db: {image: x, volumes: ["data:/data"], networks: [back]}
              debug: {image: x, profiles: [debug], network_mode: none}
            networks: {front: , back: }
            volumes: {data: }
            """;

    @Test
    void keepsServicesInFileOrder() {
        assertThat(Loading.of(FILE).project().servicesByName().keySet()).containsExactly("web", "db");
    }

    @Test
    void servicesOfInactiveProfilesAreDisabled() {
        Project project = Loading.of(FILE).project();

        assertThat(project.disabledServices().keySet()).containsExactly("debug");
        assertThat(project.withProfiles(Set.of("debug")).disabledServices()).isEmpty();
        assertThat(project.withProfiles(Set.of("*")).service("debug")).isPresent();
    }

    @Test
    void selectionKeepsDependenciesAndDropsUnusedResources() {
        Project project = Loading.of(FILE).project().withServices(Set.of("db"), true);

        assertThat(project.servicesByName().keySet()).containsExactly("db");
        assertThat(project.networks().keySet()).containsExactly("back");
        assertThat(project.disabledServices().keySet()).contains("web");
    }

    @Test
    void selectionWithoutDependenciesCutsThem() {
        Project project = Loading.of(FILE).project().withServices(Set.of("web"), false);

        assertThat(project.servicesByName().keySet()).containsExactly("web");
        assertThat(project.service("web").orElseThrow().dependsOn()).isEmpty();
        assertThat(project.volumes()).isEmpty();
    }

    @Test
    void selectionOfAnUnknownServiceNamesIt() {
        Project project = Loading.of(FILE).project();

        assertThatThrownBy(() -> project.withServices(Set.of("zz"), true)).hasMessage("no such service: zz");
    }

    @Test
    void collectionsCannotBeChanged() {
        Project project = Loading.of(FILE).project();

        assertThatThrownBy(() -> project.networks().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> project.service("web").orElseThrow().ports().add(null))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void builderChangesOneAttributeAndKeepsTheRest() {
        Service service = Loading.service("user: app\nports: [80]");

        Service changed = service.toBuilder().command(List.of("sh")).build();

        assertThat(changed.command()).containsExactly("sh");
        assertThat(changed.toBuilder().command(null).build()).isEqualTo(service);
    }
}
