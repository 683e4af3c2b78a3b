package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class CpuTest {

    @Test
    void sharesAndQuotasAreNumbers() {
        assertThat(canonical("""
                        cpus: "0.5"
                        cpuset: 0-3
                        cpu_shares: 1.5
                        cpu_quota: 1e6
                        cpu_period: "10"
                        cpu_count: 2
                        cpu_percent: 50.5
                        pids_limit: -1
                        """)).isEqualTo("""
                        cpu_count: 2
                        cpu_percent: 50.5
                        cpu_period: 10
                        cpu_quota: 1000000
                        cpu_shares: 1
                        cpus: 0.5
                        cpuset: 0-3
                        pids_limit: -1
                        """);
    }

    @Test
    void limitsWithoutCpusDisagreeWithCpus() {
        assertThat(Loading.of("""
                        services: {a: {image: x, cpus: 1, deploy: {resources: {limits: {memory: 1g}}}}}
                        """).problems())
                .containsExactly(
                        "compose.yaml:1:26: services.a.cpus: services.a: can't set distinct values on 'cpus' and 'deploy.resources.limits.cpus': invalid compose project");
    }

    @Test
    void pidsMustAgreeWithDeploy() {
        assertThat(problems("""
                        pids_limit: 1
                        deploy: {resources: {limits: {pids: 2}}}
                        """))
                .containsExactly(
                        "compose.yaml:4:5: services.a.pids_limit: services.a: can't set distinct values on 'pids_limit' and 'deploy.resources.limits.pids': invalid compose project");
    }

    @Test
    void textMustBeANumber() {
        assertThat(problems("""
                        cpus: 1f
                        cpu_shares: "1.5"
                        """))
                .containsExactly(
                        "compose.yaml:4:11: services.a.cpus: error while interpolating services.a.cpus: failed to cast to expected type: strconv.ParseFloat: parsing \"1f\": invalid syntax",
                        "compose.yaml:5:17: services.a.cpu_shares: error while interpolating services.a.cpu_shares: failed to cast to expected type: strconv.Atoi: parsing \"1.5\": invalid syntax");
    }
}
