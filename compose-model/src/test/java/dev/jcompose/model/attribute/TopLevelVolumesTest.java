package dev.jcompose.model.attribute;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import dev.jcompose.model.write.ProjectWriter;
import org.junit.jupiter.api.Test;

class TopLevelVolumesTest {

    @Test
    void externalVolumeHasItsKeyAsName() {
        assertThat(ProjectWriter.toYaml(Loading.of("""
                        services: {a: {image: x, volumes: ["out:/e", "in:/f", "named:/g"]}}
                        volumes:
                          out: {external: true}
                          in: {driver: d, driver_opts: {o: 1}, labels: [k=v]}
                          named: {external: {name: other}}
                          unused:
                        """).project())).endsWith("""
                volumes:
                  in:
                    driver: d
                    driver_opts:
                      o: "1"
                    labels:
                      k: v
                    name: test_in
                  named:
                    external: true
                    name: other
                  out:
                    external: true
                    name: out
                """);
    }

    @Test
    void externalExcludesWhatWouldDefineIt() {
        assertThat(Loading.of("""
                        services: {}
                        volumes: {v: {external: true, driver: d}}
                        """).problems())
                .containsExactly(
                        "compose.yaml:2:31: volumes.v: conflicting parameters \"external\" and \"driver\" specified");
    }

    @Test
    void deviceOfALocalBindIsAPathOfTheProject() {
        assertThat(requireNonNull(Loading.of(
                                        "services: {a: {image: x, volumes: ['vv:/v']}}\n"
                                                + "volumes: {vv: {driver: local, driver_opts: {type: none, o: bind, device: ./d}}}")
                                .project()
                                .volumes()
                                .get("vv"))
                        .driverOpts())
                .containsEntry("device", "/project/d");
    }
}
