package dev.jcompose.model.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.model.Loading;
import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.load.ComposeSource;
import dev.jcompose.model.load.LoadRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One run reports the mistakes that every stage finds, in the order of the lines, and none twice. */
class AllStagesTest {
    @Test
    void everyStageReportsInOneRun() {
        assertThat(Loading.of("""
                                services:
                                  a:
                                    hostname: "${HOST:?which}"
                                    imge: x
                                    tty: true
                                    tty: false
                                    ports: ["70000:80", "80:80", "localhost:1:1"]
                                    mem_limit: lots
                                    networks: [nope]
                                    env_file: nope.env
                                    extends: zz
                                    privileged: maybe
                                  b:
                                    build: {dockerfile: x, dockerfile_inline: y}
                                    depends_on: [missing]
                                secrets: {s: {}}
                                """).problems())
                .containsExactly(
                        "compose.yaml:3:15: services.a.hostname: error while interpolating services.a.hostname:"
                                + " required variable HOST is missing a value: which",
                        "compose.yaml:4:5: services.a additional properties 'imge' not allowed",
                        "compose.yaml:6:5: services.a.tty: line 6: mapping key \"tty\" already defined at line 5",
                        "compose.yaml:7:13: services.a.ports[0]: Invalid hostPort: 70000",
                        "compose.yaml:7:34: services.a.ports[2]: Invalid ip address: localhost",
                        "compose.yaml:8:16: services.a.mem_limit: invalid size: 'lots'",
                        "compose.yaml:9:16: services.a.networks.nope: service \"a\" refers to undefined network nope:"
                                + " invalid compose project",
                        "compose.yaml:10:15: services.a.env_file[0]: env file /project/nope.env not found: stat"
                                + " /project/nope.env: no such file or directory",
                        "compose.yaml:11:14: services.a.extends: cannot extend service \"a\" in compose.yaml: service"
                                + " \"zz\" not found",
                        "compose.yaml:12:17: services.a.privileged: error while interpolating services.a.privileged:"
                                + " failed to cast to expected type: invalid boolean: maybe",
                        "compose.yaml:14:28: services.b.build.dockerfile_inline: service \"b\" declares mutualy"
                                + " exclusive dockerfile and dockerfile_inline: invalid compose project",
                        "compose.yaml:15:18: services.b.depends_on.missing: service \"b\" depends on undefined service"
                                + " \"missing\": invalid compose project",
                        "compose.yaml:16:14: secrets.s: one of file|environment must be set");
    }

    @Test
    void whatFollowsFromAMistakeIsNotReported() {
        assertThat(Loading.of("""
                                services:
                                  a: {imge: x}
                                  b: text
                                  c: {image: x, depends_on: [b], networks: [n], configs: [c]}
                                  d: {extends: zz, healthcheck: {interval: "${"}}
                                networks: {n: 5}
                                configs: {c: {fil: x}}
                                """).problems())
                .containsExactly(
                        "compose.yaml:2:7: services.a additional properties 'imge' not allowed",
                        "compose.yaml:3:6: services.b must be a mapping",
                        "compose.yaml:5:16: services.d.extends: cannot extend service \"d\" in compose.yaml: service"
                                + " \"zz\" not found",
                        "compose.yaml:5:44: services.d.healthcheck.interval: invalid interpolation format for"
                                + " services.d.healthcheck.interval.\nYou may need to escape any $ with another $.\n${",
                        "compose.yaml:6:15: networks.n must be a mapping",
                        "compose.yaml:7:15: configs.c additional properties 'fil' not allowed");
    }

    @Test
    void aValueBehindAnAnchorIsReportedOnce() {
        assertThat(Loading.of("""
                                x-env: &e {A: "${"}
                                x-check: &c {interval: 5}
                                services:
                                  a: {image: x, environment: *e, healthcheck: *c}
                                  b: {image: x, environment: *e, healthcheck: *c}
                                """).problems()).hasSize(2);
    }

    @Test
    void everyFileIsLookedAt() {
        assertThat(Loading.of("services: {a: {image: x, user: 5}}", "services: [", "services: {b: {image: y, foo: 1}}")
                        .problems())
                .satisfiesExactlyInAnyOrder(
                        first -> assertThat(first).startsWith("compose.yaml:1:32: services.a.user must be a string"),
                        second -> assertThat(second).startsWith("override1.yaml:1:12: invalid YAML"),
                        third -> assertThat(third).startsWith("override2.yaml:1:26: services.b additional properties"));
    }

    @Test
    void theWholeWayOfAValueIsNamed() {
        assertThat(Loading.of("""
                                x-networks: &n ["${NET:-nope}"]
                                services:
                                  base: {image: x, networks: *n, profiles: [off]}
                                  web: {extends: base, profiles: !reset null}
                                """).failure().lines().map(String::strip))
                .endsWith(
                        "^",
                        "from \"${NET:-nope}\"",
                        "through the alias *n at compose.yaml:3:30",
                        "inherited by extends at compose.yaml:4:18");
    }

    @Test
    void mistakeInAnAnchorIsReportedOnceForAllThatUseIt() {
        assertThat(Loading.of("x-e: &e\n  image: ${I:?need}\nservices:\n  a:\n    <<: *e\n")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("compose.yaml:2:10: x-e.image: ");
    }

    @Test
    void nameThatIsNoTextIsNotLookedFor() {
        assertThat(Loading.problems("depends_on: [1]"))
                .containsExactly("compose.yaml:4:18: services.a.depends_on.0 must be a string");
    }

    @Test
    void ofALongLineOnlyWhatIsAroundThePlaceIsShown() {
        String line = "services: {a: {image: x, environment: {L: " + "y".repeat(500) + "}, foo: 1, labels: {m: "
                + "z".repeat(500);

        assertThat(Loading.of(line + "}}}").failure().lines().skip(1).limit(2))
                .satisfiesExactly(
                        shown -> assertThat(shown).hasSize(210).contains("y}, foo: 1, labels"),
                        caret -> assertThat(caret.indexOf('^')).isEqualTo(107));
    }

    @Test
    void nameThatIsNotThereHasAHint() {
        String file = """
                services:
                  web: {image: x, depends_on: [Db, worker], networks: [frnt], volumes: ["dta:/d"]}
                  db: {image: x}
                  worker: {image: x, profiles: [extra]}
                networks: {front: {}}
                volumes: {data: {}}
                """;

        assertThat(Loading.of(file).failure())
                .contains("did you mean \"db\"?", "none of its profiles is active: extra")
                .contains("did you mean \"front\"?", "did you mean \"data\"?");
    }

    @Test
    void whatASelectedServiceLacksIsReportedOnce() {
        String file = "services: {a: {image: x, depends_on: [b]}, b: {image: x, profiles: [p]}}";
        LoadRequest request = LoadRequest.builder(Path.of("/project"))
                .files(List.of(new ComposeSource("compose.yaml", file)))
                .services(List.of("a"))
                .build();

        assertThatThrownBy(() -> new ComposeLoader().load(request))
                .hasMessageContaining("depends on undefined service \"b\"")
                .hasMessageNotContaining("no such service");
    }
}
