package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class DependsOnTest {

    @Test
    void listHasTheDefaultsOfTheShortForm() {
        assertThat(Loading.of("""
                        services: {a: {image: x, depends_on: [b]}, b: {image: x}}
                        """).printed()).isEqualTo("""
                        depends_on:
                          b:
                            condition: service_started
                            required: true
                        """);
    }

    @Test
    void mappingHasConditions() {
        assertThat(Loading.of("""
                        services:
                          a: {image: x, depends_on: {b: {condition: service_completed_successfully, restart: "true", required: false}, c: {condition: service_healthy}}}
                          b: {image: x}
                          c: {image: x}
                        """).printed()).isEqualTo("""
                        depends_on:
                          b:
                            condition: service_completed_successfully
                            required: false
                            restart: true
                          c:
                            condition: service_healthy
                            required: true
                        """);
    }

    @Test
    void listAndMappingMergeToAMapping() {
        assertThat(Loading.of("""
                        services: {a: {image: x, depends_on: [b, c]}, b: {image: x}, c: {image: x}, d: {image: x}}
                        """, """
                        services: {a: {depends_on: {b: {condition: service_healthy}, d: {condition: service_started}}}}
                        """).printed()).isEqualTo("""
                        depends_on:
                          b:
                            condition: service_healthy
                            required: true
                          c:
                            condition: service_started
                            required: true
                          d:
                            condition: service_started
                            required: true
                        """);
    }

    @Test
    void overrideTagReplacesAndResetTagRemoves() {
        assertThat(Loading.of("""
                        services: {a: {image: x, depends_on: [b, c]}, b: {image: x}, c: {image: x}}
                        """, """
                        services: {a: {depends_on: !override [c]}}
                        """).printed()).isEqualTo("""
                        depends_on:
                          c:
                            condition: service_started
                            required: true
                        """);
    }

    @Test
    void undefinedDependencyIsAnErrorEvenIfItIsNotRequired() {
        assertThat(problems("""
                        depends_on: {b: {condition: service_started, required: false}}
                        """))
                .containsExactly(
                        "compose.yaml:4:18: services.a.depends_on.b: service \"a\" depends on undefined service \"b\": invalid compose project");
    }

    @Test
    void disabledDependencyIsAnErrorIfItIsRequired() {
        assertThat(Loading.of("""
                        services: {a: {image: x, depends_on: [b]}, b: {image: x, profiles: [p]}}
                        """).problems())
                .containsExactly(
                        "compose.yaml:1:39: services.a.depends_on.b: service \"a\" depends on undefined service \"b\": invalid compose project");
    }

    @Test
    void disabledDependencyThatIsNotRequiredIsLeftOut() {
        assertThat(Loading.of("""
                        services: {a: {image: x, depends_on: {b: {condition: service_started, required: false}}}, b: {image: x, profiles: [p]}}
                        """).printed()).isEqualTo("""
                        depends_on:
                          b:
                            condition: service_started
                            required: false
                        """);
    }

    @Test
    void cycleIsReportedWithAllItsPlaces() {
        assertThat(Loading.of("services:\n  b: {image: x, links: [a]}\n  a:\n    image: x\n    depends_on: [b]\n")
                        .failure())
                .contains("compose.yaml:5:18: services.a.depends_on.b: dependency cycle detected: a -> b -> a")
                .contains("compose.yaml:5:18: a needs b")
                .contains("b needs a");
    }

    @Test
    void formsAreChecked() {
        assertThat(Loading.of("""
                        services:
                          a: {image: x, depends_on: {b: {condition: started}, c: {restart: true}, d: }}
                          b: {image: x}
                          c: {image: x}
                          d: {image: x}
                        """).problems())
                .containsExactly(
                        "compose.yaml:2:45: services.a.depends_on.b.condition value must be one of 'service_started', 'service_healthy', 'service_completed_successfully'",
                        "compose.yaml:2:58: services.a.depends_on.c missing property 'condition'",
                        "compose.yaml:2:77: services.a.depends_on.d must be a mapping");
    }

    @Test
    void repeatedNameIsAnError() {
        assertThat(Loading.of("""
                        services: {a: {image: x, depends_on: [b, b]}, b: {image: x}}
                        """).problems())
                .containsExactly("compose.yaml:1:42: services.a.depends_on items at 0 and 1 are equal");
    }
}
