package dev.jcompose.model.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import dev.jcompose.model.Project;
import org.junit.jupiter.api.Test;

class ProfilesTest {

    @Test
    void serviceWithoutThemIsAlwaysEnabled() {
        Project project = Loading.of(
                        "services: {a: {image: x, profiles: []}, b: {image: x, profiles: [p]}, c: {image: x, profiles: [q, p]}}")
                .project();

        assertThat(project.servicesByName().keySet()).containsExactly("a");
        assertThat(project.disabledServices().keySet()).containsExactly("b", "c");
    }

    @Test
    void theyComeFromTheOptionAndTheVariableAndStarIsAll() {
        String file =
                "services: {a: {image: x, profiles: [a]}, b: {image: x, profiles: [b]}, c: {image: x, profiles: [c]}}";

        assertThat(Loading.of(file)
                        .profile("a")
                        .with("COMPOSE_PROFILES", " b ,")
                        .project()
                        .servicesByName()
                        .keySet())
                .containsExactly("a", "b");
        assertThat(Loading.of(file).profile("*").project().servicesByName().keySet())
                .containsExactly("a", "b", "c");
    }

    @Test
    void overrideAdds() {
        assertThat(Loading.of("""
                        services: {a: {image: x, profiles: [p]}}
                        """, """
                        services: {a: {profiles: !override []}}
                        """).printed()).isEqualTo("""

                        """);
    }

    @Test
    void disabledServiceIsCheckedAgainstTheSchemaButNotForReferences() {
        assertThat(Loading.of("""
                        services: {a: {image: x, profiles: [p], depends_on: [nope], env_file: nope}, b: {image: x, profiles: [p], prts: []}}
                        """).problems())
                .containsExactly("compose.yaml:1:107: services.b additional properties 'prts' not allowed");
    }
}
