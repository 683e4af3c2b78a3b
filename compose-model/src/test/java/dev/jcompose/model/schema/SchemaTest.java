package dev.jcompose.model.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.model.Loading;
import dev.jcompose.model.problem.Suggestion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user: 1000 | services.a.user must be a string",
                "privileged: 1 | services.a.privileged must be a boolean or string",
                "command: 5 | services.a.command must be a null",
                "command: [x, true] | services.a.command.1 must be a string",
                "ports: '80:80' | services.a.ports must be a array",
                "depends_on: {b: } | services.a.depends_on.b must be a mapping",
                "depends_on: {b: {}} | services.a.depends_on.b missing property 'condition'",
                "depends_on: [b, b] | services.a.depends_on items at 0 and 1 are equal",
                "environment: {A: {}} | services.a.environment.A must be a boolean, null, number or string",
                "environment: x | services.a.environment must be a mapping",
                "networks: | services.a.networks must be a array",
                "oom_score_adj: 5000 | services.a.oom_score_adj must be a string",
                "ulimits: {nofile: {soft: 1}} | services.a.ulimits.nofile must be a integer or string",
                "volumes: [{target: /d}] | services.a.volumes.0 must be a string",
                "volumes: [{type: x}] | services.a.volumes.0.type value must be one of 'bind', 'volume', 'tmpfs'",
                "volumes: [{type: tmpfs, tmpfs: {size: -1}}] | tmpfs.size must be greater than or equal to 0",
                "container_name: n | services.a.container_name 'n' does not match pattern",
                "cgroup: x | services.a.cgroup value must be one of 'host', 'private'",
                "develop: {watch: [{path: x}]} | services.a.develop.watch.0 missing property 'action'",
                "post_start: [{user: x}] | services.a.post_start.0 missing property 'command'"
            })
    void saysWhatIsExpectedAndWhere(String attribute, String message) {
        List<String> problems = Loading.of("services:\n  a:\n    image: x\n    " + attribute + "\n")
                .problems();

        assertThat(problems)
                .filteredOn(problem -> problem.contains(message))
                .singleElement()
                .asString()
                .startsWith("compose.yaml:4:");
    }

    @Test
    void reportsEveryViolationOfTheFile() {
        assertThat(Loading.of("""
                                services:
                                  a: {imge: x, user: 5}
                                  b: []
                                volumes: {v: 3}
                                foo: 1
                                """).problems())
                .containsExactly(
                        "compose.yaml:2:7: services.a additional properties 'imge' not allowed",
                        "compose.yaml:2:22: services.a.user must be a string",
                        "compose.yaml:3:6: services.b must be a mapping",
                        "compose.yaml:4:14: volumes.v must be a mapping",
                        "compose.yaml:5:1: additional properties 'foo' not allowed");
    }

    @Test
    void showsTheLineWithACaretAndASuggestion() {
        assertThatThrownBy(() -> Loading.of("services:\n  web:\n    image: x\n    healthchek: {}\n")
                        .result())
                .hasMessage("""
                        compose.yaml:4:5: services.web additional properties 'healthchek' not allowed
                                healthchek: {}
                                ^
                            did you mean "healthcheck"?""");
    }

    @Test
    void aServiceOutsideOfServicesIsToldWhereItBelongs() {
        assertThatThrownBy(() -> Loading.of("web:\n  image: x\n").result()).hasMessage("""
                        compose.yaml:1:1: additional properties 'web' not allowed
                            web:
                            ^
                            a service belongs below "services:\"""");
    }

    @ParameterizedTest
    @CsvSource({
        "imge, image",
        "enviroment, environment",
        "dependsOn, depends_on",
        "env-file, env_file",
        "port, ports",
        "healthchek, healthcheck",
        "comand, command",
        "netwroks, networks"
    })
    void suggestsTheNearestKey(String wrong, String right) {
        List<String> keys = List.of(
                "image",
                "environment",
                "depends_on",
                "env_file",
                "ports",
                "healthcheck",
                "command",
                "networks",
                "user");

        assertThat(Suggestion.of(wrong, keys)).isEqualTo("did you mean \"" + right + "\"?");
    }

    @Test
    void suggestsNothingFarFetched() {
        assertThat(Suggestion.of("zzz", List.of("image", "user"))).isNull();
    }

    @Test
    void extensionsAreAllowedEverywhereInAMappingWithFixedKeys() {
        assertThat(Loading.of("""
                                x-a: 1
                                services: {a: {image: x, x-b: [], build: {context: ., x-c: {}}, deploy: {x-d: 1}}}
                                networks: {default: {x-e: 1}}
                                """).problems()).isEmpty();
    }

    @Test
    void disabledServicesAreCheckedToo() {
        assertThat(Loading.of("services: {a: {image: x}, b: {image: x, profiles: [p], foo: 1}}")
                        .problems())
                .hasSize(1);
    }
}
