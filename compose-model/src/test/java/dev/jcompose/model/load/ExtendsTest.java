package dev.jcompose.model.load;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtendsTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void serviceIsMergedOverTheOneItExtends() {
        Service service = Loading.of("""
                        services:
                          a: {extends: base, environment: {B: 2}, command: [c]}
                          base: {extends: {service: root}, environment: {A: 1, B: 1}, profiles: [p]}
                          root: {image: x, command: [r], user: u}
                        """).profile("p").a();

        assertThat(service.environment()).hasToString("{A=1, B=2}");
        assertThat(service.command()).containsExactly("c");
        assertThat(service.user()).isEqualTo("u");
        assertThat(service.profiles()).containsExactly("p");
    }

    @Test
    void baseStaysAServiceOfItsOwn() {
        Project project = Loading.of("services: {a: {extends: b, user: u}, b: {image: x}}")
                .project();

        assertThat(project.service("b").orElseThrow().user()).isNull();
    }

    @Test
    void pathsOfAnotherFileBelongToItsDirectory() throws IOException {
        Files files = new Files(directory)
                .file("sub/base.yaml", "services: {b: {image: x, volumes: ['./d:/d'], build: ., env_file: e.env}}")
                .file("sub/e.env", "E=1")
                .file("compose.yaml", "services: {a: {extends: {file: sub/base.yaml, service: b}}}");

        Service service = files.project().service("a").orElseThrow();

        assertThat(service.volumes().get(0).source())
                .isEqualTo(directory.resolve("sub/d").toString());
        assertThat(requireNonNull(service.build()).context())
                .isEqualTo(directory.resolve("sub").toString());
        assertThat(service.environment()).hasToString("{E=1}");
    }

    @Test
    void otherFileMayExtendAThirdOne() throws IOException {
        Files files = new Files(directory)
                .file("x/y/root.yaml", "services: {r: {image: x, volumes: ['./d:/d']}}")
                .file("x/base.yaml", "services: {b: {extends: {file: y/root.yaml, service: r}}}")
                .file("compose.yaml", "services: {a: {extends: {file: x/base.yaml, service: b}}}");

        assertThat(files.project().service("a").orElseThrow().volumes().get(0).source())
                .isEqualTo(directory.resolve("x/y/d").toString());
    }

    @Test
    void resetRemovesWhatTheBaseSays() {
        assertThat(Loading.of("services: {a: {extends: b, ports: !reset []}, b: {image: x, ports: [80]}}")
                        .a()
                        .ports())
                .isEmpty();
    }

    @Test
    void circleIsReported() {
        assertThat(Loading.of("services: {a: {extends: b}, b: {extends: a}}").problems())
                .singleElement()
                .asString()
                .startsWith("compose.yaml:1:")
                .contains("Circular reference:\n  a in compose.yaml\n  extends b in compose.yaml\n  extends a in");
    }

    @Test
    void endlessChainIsRefused() {
        StringBuilder file = new StringBuilder("services:\n");
        for (int i = 0; i < 5_000; i++) {
            file.append("  s%d: {extends: s%d}%n".formatted(i, i + 1));
        }

        assertThat(Loading.of(file + "  s5000: {image: x}").problems())
                .singleElement()
                .asString()
                .contains("more than 500 services extend each other");
    }

    @Test
    void endlessChainIsRefusedInAnyOrder() {
        StringBuilder file = new StringBuilder("services:\n  s0: {image: x}\n");
        for (int i = 0; i < 5_000; i++) {
            file.append("  s%d: {extends: s%d, volumes: ['/v%d']}%n".formatted(i + 1, i, i));
        }

        assertThat(Loading.of(file.toString()).problems())
                .singleElement()
                .asString()
                .startsWith("compose.yaml:503:")
                .contains("more than 500 services extend each other");
    }

    @Test
    void missingServiceAndFileAreReported() {
        assertThat(Loading.of("services: {a: {extends: zz}}").problems())
                .containsExactly("compose.yaml:1:25: services.a.extends: cannot extend service \"a\" in compose.yaml:"
                        + " service \"zz\" not found");
        assertThat(Loading.of("services: {a: {extends: {file: zz.yaml, service: b}}}")
                        .problems())
                .containsExactly(
                        "compose.yaml:1:25: services.a.extends: open /project/zz.yaml: no such file or directory");
        assertThat(Loading.of("services: {a: {extends: {file: 'https://x/y.yaml', service: b}}}")
                        .problems())
                .singleElement()
                .asString()
                .contains("remote files are not supported");
    }

    @Test
    void errorInAnInheritedValueTellsHowItCame() {
        assertThat(Loading.of("services:\n  b: {image: x, mem_limit: lots}\n  a: {extends: b}\n")
                        .failure())
                .contains("compose.yaml:2:28: services.a.mem_limit: invalid size: 'lots'")
                .contains("inherited by extends at compose.yaml:3:16");
    }

    @Test
    void mistakesInTheOtherFileTellTheWay() throws IOException {
        Files files = new Files(directory)
                .file("base.yaml", "services: [")
                .file("compose.yaml", "services: {a: {extends: {file: base.yaml, service: b}}}");

        assertThat(files.failure())
                .startsWith("base.yaml:1:12: invalid YAML: ")
                .contains("inherited by extends at compose.yaml:1:25");
    }

    @Test
    void whatABaseWithAMistakeLacksIsNotReportedAgain() {
        assertThat(Loading.of("services: {a: {extends: b}, b: {image: '${I:?need}'}}")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("compose.yaml:1:40: services.b.image: ");
    }
}
