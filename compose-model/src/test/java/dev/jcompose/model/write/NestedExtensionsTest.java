package dev.jcompose.model.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import dev.jcompose.model.load.LoadResult;
import org.junit.jupiter.api.Test;

class NestedExtensionsTest {

    private static String yaml(Loading loading) {
        LoadResult result = loading.result();
        return ProjectWriter.toYaml(result.project(), WriteOptions.CONFIG_YAML, result.extensions());
    }

    @Test
    void keysInsideOfAttributesArePrinted() {
        assertThat(yaml(Loading.of("""
                        x-top: 1
                        services:
                          a:
                            image: x
                            x-own: {v: $$1}
                            ports: [80, {target: 81, x-port: p}]
                            deploy: {resources: {limits: {cpus: 1, x-limit: l}}, x-deploy: d}
                            networks: {default: {x-net: n}}
                            healthcheck: {x-check: [c, {k: v}]}
                            env_file: [{path: /dev/null, x-gone: 1}]
                            labels: {x-label: is no extension}
                          b: {image: x, profiles: [off], logging: {x-off: 1}}
                        """))).isEqualTo("""
                name: test
                services:
                  a:
                    command: null
                    deploy:
                      placement: {}
                      resources:
                        limits:
                          cpus: 1
                          x-limit: l
                      x-deploy: d
                    entrypoint: null
                    healthcheck:
                      x-check:
                        - c
                        - k: v
                    image: x
                    labels:
                      x-label: is no extension
                    networks:
                      default:
                        x-net: "n"
                    ports:
                      - mode: ingress
                        protocol: tcp
                        target: 80
                      - mode: ingress
                        protocol: tcp
                        target: 81
                        x-port: p
                    x-own:
                      v: $$1
                networks:
                  default:
                    ipam: {}
                    name: test_default
                x-top: 1
                """);
    }

    @Test
    void valueOfASecretIsNotAmongThem() {
        assertThat(yaml(Loading.of("services: {a: {image: x, secrets: [s]}}\nsecrets: {s: {environment: E, x-k: 1}}")
                        .with("E", "hidden")))
                .contains("x-k: 1")
                .doesNotContain("hidden");
    }
}
