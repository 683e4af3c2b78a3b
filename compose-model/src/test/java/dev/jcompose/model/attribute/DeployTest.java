package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class DeployTest {

    @Test
    void itHasAllItsAttributes() {
        assertThat(canonical("""
                        deploy:
                          mode: replicated
                          replicas: "3"
                          endpoint_mode: vip
                          labels: [a=b]
                          placement: {constraints: [c], preferences: [{spread: s}], max_replicas_per_node: 2}
                          resources: {limits: {cpus: 0.5, memory: 50M, pids: 10}, reservations: {cpus: "0.25", memory: 20M, generic_resources: [{discrete_resource_spec: {kind: gpu, value: 2}}], devices: [{capabilities: [gpu]}]}}
                          restart_policy: {condition: on-failure, delay: 5s, max_attempts: 3, window: 120s}
                          update_config: {parallelism: 2, delay: 10s, failure_action: f, monitor: 1m, max_failure_ratio: 0.5, order: stop-first}
                          rollback_config: {parallelism: 0, order: start-first}
                        """)).isEqualTo("""
                        deploy:
                          endpoint_mode: vip
                          labels:
                            a: b
                          mode: replicated
                          placement:
                            constraints:
                              - c
                            max_replicas_per_node: 2
                            preferences:
                              - spread: s
                          replicas: 3
                          resources:
                            limits:
                              cpus: 0.5
                              memory: "52428800"
                              pids: 10
                            reservations:
                              cpus: 0.25
                              devices:
                                - capabilities:
                                    - gpu
                                  count: -1
                              generic_resources:
                                - discrete_resource_spec:
                                    kind: gpu
                                    value: 2
                              memory: "20971520"
                          restart_policy:
                            condition: on-failure
                            delay: 5s
                            max_attempts: 3
                            window: 2m0s
                          rollback_config:
                            order: start-first
                            parallelism: 0
                          update_config:
                            delay: 10s
                            failure_action: f
                            max_failure_ratio: 0.5
                            monitor: 1m0s
                            order: stop-first
                            parallelism: 2
                        """);
    }

    @Test
    void overrideMerges() {
        assertThat(Loading.of("""
                        services: {a: {image: x, deploy: {labels: {a: 1}, replicas: 1, resources: {limits: {cpus: 1}}}}}
                        """, """
                        services: {a: {deploy: {labels: [a=2, b=3], replicas: 2, resources: {limits: {memory: 1k}}}}}
                        """).printed()).isEqualTo("""
                        deploy:
                          labels:
                            a: "2"
                            b: "3"
                          placement: {}
                          replicas: 2
                          resources:
                            limits:
                              cpus: 1
                              memory: "1024"
                        """);
    }

    @Test
    void nullIsNothing() {
        assertThat(canonical("""
                        deploy:
                        """)).isEqualTo("""

                        """);
    }

    @Test
    void numbersAreNotNegative() {
        assertThat(problems("""
                        deploy: {restart_policy: {max_attempts: -1}, update_config: {parallelism: -2}, replicas: -3}
                        """))
                .containsExactly(
                        "compose.yaml:4:45: services.a.deploy.restart_policy.max_attempts: -1 overflows uint",
                        "compose.yaml:4:79: services.a.deploy.update_config.parallelism: -2 overflows uint",
                        "compose.yaml:4:84: services.a.deploy.replicas: must be greater than or equal to 0: invalid compose project");
    }

    @Test
    void valuesAreChecked() {
        assertThat(problems("""
                        deploy: {update_config: {order: any}, resources: {limits: {memory: 100, cpu: 1}, reservations: {devices: [{count: 1}]}}}
                        """))
                .containsExactly(
                        "compose.yaml:4:37: services.a.deploy.update_config.order value must be one of 'start-first', 'stop-first'",
                        "compose.yaml:4:72: services.a.deploy.resources.limits.memory must be a string",
                        "compose.yaml:4:77: services.a.deploy.resources.limits additional properties 'cpu' not allowed",
                        "compose.yaml:4:111: services.a.deploy.resources.reservations.devices.0 missing property 'capabilities'");
    }
}
