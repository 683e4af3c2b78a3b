package dev.jcompose.model.attribute;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.FileMount;
import dev.jcompose.model.Loading;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.model.Ulimit;
import dev.jcompose.model.write.ProjectWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourcesTest {

    @Test
    void defaultNetworkExistsOnlyIfItIsUsed() {
        assertThat(Loading.of("services: {a: {image: x}}").project().networks().keySet())
                .containsExactly("default");
        assertThat(Loading.of("services: {a: {image: x, network_mode: none}}")
                        .project()
                        .networks())
                .isEmpty();
        assertThat(Loading.of("services: {a: {image: x, networks: []}}")
                        .a()
                        .networks()
                        .keySet())
                .containsExactly("default");
    }

    @Test
    void networksHaveNamesAndAliases() {
        Project project = Loading.of("""
                        services: {a: {image: x, networks: {front: {aliases: [q], priority: 5}, out: }}}
                        networks: {front: {internal: true, ipam: {config: [{subnet: 10.0.0.0/8}]}}, out: {external: true, name: o}}
                        """).project();

        assertThat(requireNonNull(project.networks().get("front")).name()).isEqualTo("test_front");
        assertThat(requireNonNull(project.networks().get("front"))
                        .ipam()
                        .config()
                        .get(0)
                        .subnet())
                .isEqualTo("10.0.0.0/8");
        assertThat(requireNonNull(project.networks().get("out")).name()).isEqualTo("o");
        assertThat(requireNonNull(project.service("a").orElseThrow().networks().get("front"))
                        .aliases())
                .containsExactly("q");
    }

    @Test
    void referencesMustBeDefined() {
        assertThat(Loading.of("""
                                services:
                                  a:
                                    image: x
                                    networks: [n]
                                    configs: [c]
                                    secrets: [s]
                                    models: [m]
                                """).problems())
                .containsExactly(
                        "compose.yaml:4:16: services.a.networks.n: service \"a\" refers to undefined network n: invalid compose project",
                        "compose.yaml:5:15: services.a.configs[0]: service \"a\" refers to undefined config c: invalid compose project",
                        "compose.yaml:6:15: services.a.secrets[0]: service \"a\" refers to undefined secret s: invalid compose project",
                        "compose.yaml:7:14: services.a.models.m: service \"a\" refers to undefined model m: invalid compose project");
    }

    @Test
    void networkModeExcludesNetworks() {
        assertThat(Loading.of("services: {a: {image: x, network_mode: host, networks: [default]}}")
                        .problems())
                .containsExactly("compose.yaml:1:26: services.a.network_mode: service a declares mutually exclusive"
                        + " `network_mode` and `networks`: invalid compose project");
    }

    @Test
    void secretHasADefaultTargetAndAnOctalMode() {
        Service service = Loading.of("""
                        services: {a: {image: x, secrets: [s, {source: s, target: t, mode: 0440}, {source: s, target: /u, mode: "440"}]}}
                        secrets: {s: {environment: E}}
                        """).with("E", "value").a();

        assertThat(service.secrets())
                .extracting(FileMount::secretPath)
                .containsExactly("/run/secrets/s", "/run/secrets/t", "/u");
        assertThat(service.secrets()).extracting(FileMount::mode).containsExactly(null, 0440, 0440);
    }

    @Test
    void valueOfASecretIsResolvedButNotPrinted() {
        Project project = Loading.of("services: {a: {image: x, secrets: [s]}}\nsecrets: {s: {environment: E}}")
                .with("E", "top secret")
                .project();

        assertThat(requireNonNull(project.secrets().get("s")).content()).isEqualTo("top secret");
        assertThat(ProjectWriter.toYaml(project)).doesNotContain("top secret");
    }

    @Test
    void secretNeedsExactlyOneSource() {
        assertThat(Loading.of("services: {}\nsecrets:\n  a: {}\n  b: {file: x, environment: y}\n")
                        .problems())
                .containsExactly(
                        "compose.yaml:3:6: secrets.a: one of file|environment must be set",
                        "compose.yaml:4:16: secrets.b: file|environment attributes are mutually exclusive");
    }

    @Test
    void sizesAndLimitsAreNumbers() {
        Service service =
                Loading.service("mem_limit: 1.5GiB\nshm_size: 64m\ncpus: 0.5\npids_limit: 10\nulimits: {nofile: 5}");

        assertThat(service.memory().limit()).isEqualTo(1_610_612_736L);
        assertThat(service.memory().shmSize()).isEqualTo(64L << 20);
        assertThat(service.cpu().cpus()).isEqualTo(0.5);
        assertThat(service.pidsLimit()).isEqualTo(10);
        assertThat(service.ulimits()).isEqualTo(Map.of("nofile", new Ulimit(5, 5, true)));
    }

    @Test
    void limitMustAgreeWithItsTwinInDeploy() {
        assertThat(Loading.of("services: {a: {image: x, cpus: 1, deploy: {resources: {limits: {memory: 1g}}}}}")
                        .problems())
                .containsExactly(
                        "compose.yaml:1:26: services.a.cpus: services.a: can't set distinct values on 'cpus' and"
                                + " 'deploy.resources.limits.cpus': invalid compose project");
    }

    @Test
    void serviceNeedsAnImageABuildOrAProvider() {
        assertThat(Loading.of("services:\n  a: {}\n  b: {build: .}\n  c: {provider: {type: t}}\n")
                        .problems())
                .containsExactly("compose.yaml:2:3: services.a: service \"a\" has neither an image nor a build context"
                        + " specified: invalid compose project");
    }

    @Test
    void containerNameIsUniqueAndForOneContainer() {
        assertThat(Loading.of("services: {a: {image: x, container_name: nn}, b: {image: x, container_name: nn}}")
                        .problems())
                .singleElement()
                .asString()
                .contains("services.b: container name \"nn\" is already in use by service a");
        assertThat(Loading.of("services: {a: {image: x, container_name: nn, scale: 2}}")
                        .problems())
                .singleElement()
                .asString()
                .contains("can't set container_name and a as container name must be unique");
    }

    @Test
    void keysWithoutEffectAreWarnedOf() {
        assertThat(Loading.of("services: {a: {image: x, isolation: process}}")
                        .result()
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.toString())
                        .startsWith(
                                "compose.yaml:1:26: services.a.isolation: `isolation` only has an effect on Windows"));
    }
}
