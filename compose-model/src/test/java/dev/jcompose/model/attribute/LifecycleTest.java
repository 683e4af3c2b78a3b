package dev.jcompose.model.attribute;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.DependsOn;
import dev.jcompose.model.DependsOn.Condition;
import dev.jcompose.model.Loading;
import dev.jcompose.model.Service;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    @Test
    void healthcheckTextRunsInAShell() {
        var check = requireNonNull(Loading.service("healthcheck: {test: curl -f x, interval: 1m30s, retries: 5}")
                .healthcheck());

        assertThat(check.test()).containsExactly("CMD-SHELL", "curl -f x");
        assertThat(check.interval()).isEqualTo(Duration.ofSeconds(90));
        assertThat(check.retries()).isEqualTo(5);
        assertThat(check.timeout()).isNull();
    }

    @Test
    void healthcheckErrorsNameTheirPlaces() {
        assertThat(Loading.of(
                                "services:\n  a:\n    image: x\n    healthcheck:\n      interval: \"30\"\n      retries: -1\n")
                        .problems())
                .containsExactly(
                        "compose.yaml:5:17: services.a.healthcheck.interval: time: missing unit in duration \"30\"",
                        "compose.yaml:6:16: services.a.healthcheck.retries: -1 overflows uint");
        assertThat(Loading.of("services: {a: {image: x, healthcheck: {test: [curl]}}}")
                        .problems())
                .singleElement()
                .asString()
                .contains("healthcheck.test must start either by \"CMD\", \"CMD-SHELL\" or \"NONE\"");
    }

    @Test
    void commandAndEntrypointHaveThreeStates() {
        assertThat(Loading.service("command:").command()).isNull();
        assertThat(Loading.service("command: []").command()).isEmpty();
        assertThat(Loading.service("command: ''").command()).isEmpty();
        assertThat(Loading.service("entrypoint: sh -c 'a b'").entrypoint()).containsExactly("sh", "-c", "a b");
    }

    @Test
    void openQuoteInACommandIsAnErrorAtTheCommand() {
        assertThat(Loading.of("services:\n  a: {image: x, command: \"echo 'a\"}")
                        .problems())
                .containsExactly("compose.yaml:2:26: services.a.command: invalid command line string");
    }

    @Test
    void dependenciesHaveConditions() {
        Service service = Loading.of("""
                        services:
                          a:
                            image: x
                            depends_on:
                              b: {condition: service_completed_successfully, restart: true, required: false}
                            links: [c]
                            network_mode: service:d
                          b: {image: x}
                          c: {image: x}
                          d: {image: x}
                        """).a();

        assertThat(service.dependsOn())
                .containsEntry("b", new DependsOn(Condition.SERVICE_COMPLETED_SUCCESSFULLY, true, false))
                .containsEntry("c", new DependsOn(Condition.SERVICE_STARTED, true, true))
                .containsEntry("d", new DependsOn(Condition.SERVICE_STARTED, true, true));
    }

    @Test
    void undefinedDependencyIsAnErrorEvenIfItIsNotRequired() {
        assertThat(Loading.of(
                                "services: {a: {image: x, depends_on: {b: {condition: service_started, required: false}}}}")
                        .problems())
                .containsExactly(
                        "compose.yaml:1:39: services.a.depends_on.b: service \"a\" depends on undefined service"
                                + " \"b\": invalid compose project");
    }

    @Test
    void disabledDependencyIsAnErrorOnlyIfItIsRequired() {
        String rest = "}, b: {image: x, profiles: [p]}}";

        assertThat(Loading.of("services: {a: {image: x, depends_on: [b]" + rest).problems())
                .hasSize(1);
        assertThat(Loading.of("services: {a: {image: x, depends_on: {b: {condition: service_started, required: false}}"
                                + rest)
                        .problems())
                .isEmpty();
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
    void hooksKeepTheirOrder() {
        var hooks = Loading.service("""
                        post_start: [{command: a b}, {command: [c], user: root, privileged: true}]
                        pre_start: [{command: x}]
                        """).hooks();

        assertThat(hooks.postStart()).extracting(each -> each.command()).hasToString("[[a, b], [c]]");
        assertThat(hooks.preStart().get(0).image()).isEqualTo("x");
    }

    @Test
    void scaleAndReplicasMustAgree() {
        assertThat(Loading.service("scale: 3").replicas()).isEqualTo(3);
        assertThat(Loading.service("deploy: {replicas: 2}").replicas()).isEqualTo(2);
        assertThat(Loading.of("services: {a: {image: x, scale: 1, deploy: {replicas: 2}}}")
                        .problems())
                .containsExactly("compose.yaml:1:26: services.a.scale: services.a: can't set distinct values on 'scale'"
                        + " and 'deploy.replicas': invalid compose project");
    }
}
