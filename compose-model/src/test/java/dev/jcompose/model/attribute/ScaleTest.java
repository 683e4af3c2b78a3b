package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class ScaleTest {

    @Test
    void itIsTheNumberOfReplicas() {
        assertThat(Loading.service("scale: 3").replicas()).isEqualTo(3);
        assertThat(Loading.service("deploy: {replicas: 2}").replicas()).isEqualTo(2);
        assertThat(Loading.service("deploy: {mode: global}").replicas()).isEqualTo(1);
    }

    @Test
    void itMustAgreeWithTheReplicasOfDeploy() {
        assertThat(problems("""
                        scale: 1
                        deploy: {replicas: 2}
                        """))
                .containsExactly(
                        "compose.yaml:4:5: services.a.scale: services.a: can't set distinct values on 'scale' and 'deploy.replicas': invalid compose project");
    }

    @Test
    void itIsNotNegative() {
        assertThat(problems("""
                        scale: -1
                        """))
                .containsExactly(
                        "compose.yaml:4:5: services.a.scale: must be greater than or equal to 0: invalid compose project");
    }

    @Test
    void itIsANumber() {
        assertThat(problems("""
                        scale: many
                        """))
                .containsExactly(
                        "compose.yaml:4:12: services.a.scale: error while interpolating services.a.scale: failed to cast to expected type: strconv.Atoi: parsing \"many\": invalid syntax");
    }
}
