package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryTest {

    @Test
    void sizesHaveUnitsOf1024() {
        assertThat(canonical("""
                        mem_limit: 1.5GiB
                        mem_reservation: 64 MB
                        memswap_limit: -1
                        mem_swappiness: "10"
                        shm_size: 1kb
                        oom_kill_disable: "yes"
                        oom_score_adj: "-500"
                        """)).isEqualTo("""
                        mem_limit: "1610612736"
                        mem_reservation: "67108864"
                        mem_swappiness: "10"
                        memswap_limit: "-1"
                        oom_kill_disable: true
                        oom_score_adj: -500
                        shm_size: "1024"
                        """);
    }

    @Test
    void textThatIsNoSizeIsAnError() {
        assertThat(problems("""
                        mem_limit: lots
                        shm_size: 1x
                        """))
                .containsExactly(
                        "compose.yaml:4:16: services.a.mem_limit: invalid size: 'lots'",
                        "compose.yaml:5:15: services.a.shm_size: invalid size: '1x'");
    }

    @Test
    void limitMustAgreeWithDeploy() {
        assertThat(problems("""
                        mem_limit: 1g
                        mem_reservation: 1g
                        deploy: {resources: {limits: {memory: 1024m}, reservations: {memory: 2g}}}
                        """))
                .containsExactly(
                        "compose.yaml:5:5: services.a.mem_reservation: services.a: can't set distinct values on 'mem_reservation' and 'deploy.resources.reservations.memory': invalid compose project");
    }

    @Test
    void scoreIsInItsRange() {
        assertThat(problems("""
                        oom_score_adj: 2000
                        """)).containsExactly("compose.yaml:4:20: services.a.oom_score_adj must be a string");
    }
}
