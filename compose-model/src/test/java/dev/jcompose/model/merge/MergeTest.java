package dev.jcompose.model.merge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.DependsOn;
import dev.jcompose.model.Loading;
import dev.jcompose.model.Service;
import org.junit.jupiter.api.Test;

class MergeTest {

    /** A service with some attributes, and an override file with others. */
    private static Service merged(String base, String over) {
        return Loading.of("services:\n  a:\n    image: x\n" + base.indent(4), "services:\n  a:\n" + over.indent(4))
                .a();
    }

    @Test
    void scalarsReplaceAndNullChangesNothing() {
        Service service = merged("user: u\nhostname: h", "user: v\nhostname:");

        assertThat(service.user()).isEqualTo("v");
        assertThat(service.hostname()).isEqualTo("h");
    }

    @Test
    void commandIsReplacedAlsoByNull() {
        assertThat(merged("command: [a, b]", "command: [c]").command()).containsExactly("c");
        assertThat(merged("command: [a, b]", "command:").command()).isNull();
    }

    @Test
    void environmentIsMergedByNameAcrossForms() {
        assertThat(merged("environment: {A: 1, B: 2}", "environment: [B=3, C=4]")
                        .environment())
                .hasToString("{A=1, B=3, C=4}");
    }

    @Test
    void listsAreAppended() {
        assertThat(merged("group_add: [a]", "group_add: [b]").security().groupAdd())
                .containsExactly("a", "b");
    }

    @Test
    void uniqueListsKeepThePlaceOfTheEarlierEntry() {
        assertThat(merged("tmpfs: [/a, /b]", "tmpfs: [/a, /c]").tmpfs()).containsExactly("/a", "/b", "/c");
        assertThat(merged("cap_add: [A]", "cap_add: [B, A]").security().capAdd())
                .containsExactly("A", "B");
    }

    @Test
    void portsAreUniqueByAddressPublishedTargetAndProtocol() {
        Service service = merged("ports: [\"80:80\", \"53:53/udp\"]", "ports: [\"0.0.0.0:80:80\", \"53:53\"]");

        assertThat(service.ports()).hasSize(3);
        assertThat(service.ports().get(0).hostIp()).isEqualTo("0.0.0.0");
    }

    @Test
    void volumesAreUniqueByTarget() {
        Service service = merged("volumes: [\"./a:/d\", /e]", "volumes: [{type: tmpfs, target: /d/}]");

        assertThat(service.volumes())
                .extracting(each -> each.type() + " " + each.target())
                .containsExactly("TMPFS /d", "VOLUME /e");
    }

    @Test
    void loggingIsReplacedIfTheDriverDiffers() {
        String base = "logging: {driver: a, options: {x: 1}}";

        assertThat(merged(base, "logging: {driver: b, options: {y: 2}}").logging())
                .hasToString("Logging[driver=b, options={y=2}]");
        assertThat(merged(base, "logging: {options: {y: 2}}").logging())
                .hasToString("Logging[driver=a, options={x=1, y=2}]");
    }

    @Test
    void buildStringInAnOverrideChangesTheContextOnly() {
        var build = requireNonNull(
                merged("build: {context: ./a, target: t}", "build: ./b").build());

        assertThat(build.context()).isEqualTo("/project/b");
        assertThat(build.target()).isEqualTo("t");
    }

    @Test
    void dependsOnListAndMappingAreMergedByName() {
        Service service = Loading.of(
                        "services: {a: {image: x, depends_on: [b, c]}, b: {image: x}, c: {image: x}}",
                        "services: {a: {depends_on: {b: {condition: service_healthy}}}}")
                .a();

        assertThat(requireNonNull(service.dependsOn().get("b")).condition())
                .isEqualTo(DependsOn.Condition.SERVICE_HEALTHY);
        assertThat(service.dependsOn().keySet()).containsExactly("b", "c");
    }

    @Test
    void ulimitsAreReplacedPerName() {
        assertThat(merged("ulimits: {a: {soft: 1, hard: 2}, b: 3}", "ulimits: {a: 5}")
                        .ulimits())
                .hasToString("{a=Ulimit[soft=5, hard=5, single=true], b=Ulimit[soft=3, hard=3, single=true]}");
    }

    @Test
    void hostGetsASecondAddressButNoLiteralDuplicate() {
        assertThat(merged("extra_hosts: [\"h=1.1.1.1\"]", "extra_hosts: {h: [1.1.1.1, 2.2.2.2]}")
                        .dns()
                        .extraHosts())
                .hasToString("{h=[1.1.1.1, 2.2.2.2]}");
    }

    @Test
    void listOverAMappingIsAnErrorAtTheOverride() {
        assertThat(Loading.of(
                                "services: {a: {image: x, healthcheck: {retries: 1}}}",
                                "services: {a: {healthcheck: []}}")
                        .problems())
                .containsExactly("override1.yaml:1:29: services.a.healthcheck: cannot override services.a.healthcheck");
    }

    @Test
    void resetRemovesAValueAndOverrideReplacesIt() {
        Service service = merged(
                "ports: [80]\nenvironment: {A: 1, B: 2}\nuser: u\ndns: [1.1.1.1]",
                "ports: !reset []\nenvironment: {A: !reset null}\nuser: !reset\ndns: !override [2.2.2.2]");

        assertThat(service.ports()).isEmpty();
        assertThat(service.environment()).hasToString("{B=2}");
        assertThat(service.user()).isNull();
        assertThat(service.dns().servers()).containsExactly("2.2.2.2");
    }

    @Test
    void resetRemovesAWholeServiceUntilALaterFileBringsItBack() {
        String base = "services: {a: {image: x}, b: {image: x, user: u}}";
        String reset = "services: {b: !reset null}";

        assertThat(Loading.of(base, reset).project().servicesByName().keySet()).containsExactly("a");
        assertThat(Loading.of(base, reset, "services: {b: {image: y}}")
                        .project()
                        .service("b")
                        .orElseThrow()
                        .user())
                .isNull();
    }

    @Test
    void repeatedValueOfAListThatIsNotUniqueIsAnError() {
        assertThat(Loading.of("services: {a: {image: x, security_opt: [s]}}", "services: {a: {security_opt: [s]}}")
                        .problems())
                .containsExactly("override1.yaml:1:31: services.a.security_opt items at 0 and 1 are equal");
    }

    @Test
    void laterDocumentsOfAFileAreOverrides() {
        assertThat(Loading.of("services: {a: {image: x}}\n---\nservices: {a: {user: u}}")
                        .a()
                        .user())
                .isEqualTo("u");
    }

    /** Merging something over itself changes nothing but lists that are not unique. */
    @Test
    void mergeOverItselfIsTheSame() {
        String file = """
                services:
                  a:
                    image: x
                    environment: {A: 1}
                    ports: ["80:80"]
                    volumes: ["./x:/y"]
                    networks: {n: {aliases: [q]}}
                    labels: [l=1]
                    healthcheck: {test: [CMD, x]}
                    deploy: {resources: {limits: {memory: 1g}}}
                networks: {n: }
                """;

        assertThat(Loading.of(file, file).a()).isEqualTo(Loading.of(file).a());
    }

    @Test
    void attributesThatAreAListOrAMappingMergeInBothForms() {
        String base = "services: {a: {image: x, build: {context: /c, ssh: [default, k=/a], no_cache_filter: s}}}";
        String over = "services: {a: {build: {ssh: {k: /b}, no_cache_filter: [t]}}}";

        assertThat(Loading.of(base, over).printed())
                .contains("  no_cache_filter:\n    - s\n    - t\n", "  ssh:\n    - default\n    - k=/b\n");
    }

    @Test
    void labelsOfSecretsMergeInBothForms() {
        String base = "services: {a: {image: x, secrets: [s]}}\nsecrets: {s: {file: /f, labels: [k=1, l=1]}}";
        String over = "secrets: {s: {labels: {l: 2}}}";

        assertThat(Loading.of(base, over).project().secrets().values())
                .extracting(secret -> secret.labels().toString())
                .containsExactly("{k=1, l=2}");
    }
}
