package dev.jcompose.model.interpolate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.problem.Problem;
import org.junit.jupiter.api.Test;

class InterpolationTest {

    @Test
    void keysAreNeverReplaced() {
        assertThat(Loading.of("services: {\"${N}\": {image: x}}").with("N", "a").problems())
                .containsExactly("compose.yaml:1:12: services additional properties '${N}' not allowed");
    }

    @Test
    void textAtTypedPlacesBecomesANumberOrBoolean() {
        var service = Loading.of("services: {a: {image: x, scale: '${N:-2}', privileged: '$P', cpus: '0.5'}}")
                .with("P", "true")
                .a();

        assertThat(service.scale()).isEqualTo(2);
        assertThat(service.security().privileged()).isTrue();
        assertThat(service.cpu().cpus()).isEqualTo(0.5);
    }

    @Test
    void oldBooleansWorkWithAWarning() {
        var result = Loading.of("services: {a: {image: x, tty: \"yes\"}}").result();

        assertThat(result.project().service("a").orElseThrow().tty()).isTrue();
        assertThat(result.warnings())
                .extracting(Problem::message)
                .containsExactly("\"yes\" for boolean is not supported by YAML 1.2, please use `true`");
    }

    @Test
    void allFailuresAreReportedWithTheirPlaces() {
        assertThat(Loading.of("""
                                services:
                                  a:
                                    image: ${IMAGE:?which}
                                    privileged: "maybe"
                                    ports: [{target: "80-81"}]
                                    hostname: ${A.B}
                                """).problems())
                .containsExactly(
                        "compose.yaml:3:12: services.a.image: error while interpolating services.a.image: required"
                                + " variable IMAGE is missing a value: which",
                        "compose.yaml:4:17: services.a.privileged: error while interpolating services.a.privileged:"
                                + " failed to cast to expected type: invalid boolean: maybe",
                        "compose.yaml:5:22: services.a.ports[0].target: error while interpolating"
                                + " services.a.ports.[].target: failed to cast to expected type: strconv.Atoi: parsing"
                                + " \"80-81\": invalid syntax",
                        "compose.yaml:6:15: services.a.hostname: invalid interpolation format for"
                                + " services.a.hostname.\nYou may need to escape any $ with another $.\n${A.B}");
    }

    @Test
    void disabledServicesAndExtensionsAreReplacedToo() {
        assertThat(Loading.of("x-a: ${V:?1}\nservices: {b: {image: '${W:?2}', profiles: [p]}}")
                        .problems())
                .hasSize(2);
    }

    @Test
    void unsetVariableIsWarnedOfOnce() {
        assertThat(Loading.of("services: {a: {image: x, environment: [A=$V, B=$V]}}")
                        .result()
                        .warnings())
                .extracting(Problem::message)
                .containsExactly("The \"V\" variable is not set. Defaulting to a blank string.");
    }

    @Test
    void projectNameIsAVariable() {
        assertThat(Loading.of("services: {a: {image: x, hostname: $COMPOSE_PROJECT_NAME}}")
                        .a()
                        .hostname())
                .isEqualTo("test");
    }

    @Test
    void variablesAreListedWithWhatTheirUsesSay() {
        var request = Loading.of(
                        "services: {a: {image: 'i:${T:-1}', command: '$$X ${R:?r} ${A:+alt $N}', hostname: $T}}")
                .request();

        assertThat(new ComposeLoader().variables(request).values())
                .containsExactly(
                        new TemplateVariable("A", false, "", "alt $N"),
                        new TemplateVariable("N", false, "", ""),
                        new TemplateVariable("R", true, "", ""),
                        new TemplateVariable("T", false, "1", ""));
    }
}
