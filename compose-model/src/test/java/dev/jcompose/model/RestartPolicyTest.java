package dev.jcompose.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.model.RestartPolicy.Kind;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {

    @Test
    void parsesEveryForm() {
        assertThat(RestartPolicy.parse(null)).isEqualTo(RestartPolicy.NO);
        assertThat(RestartPolicy.parse("no")).isEqualTo(RestartPolicy.NO);
        assertThat(RestartPolicy.parse("always").kind()).isEqualTo(Kind.ALWAYS);
        assertThat(RestartPolicy.parse("unless-stopped").kind()).isEqualTo(Kind.UNLESS_STOPPED);
        assertThat(RestartPolicy.parse("on-failure:3")).isEqualTo(new RestartPolicy(Kind.ON_FAILURE, 3, null, null));
    }

    @Test
    void rejectsOtherWords() {
        assertThatThrownBy(() -> RestartPolicy.parse("sometimes")).hasMessageContaining("\"sometimes\"");
        assertThatThrownBy(() -> RestartPolicy.parse("on-failure:x")).hasMessageContaining("not a number");
    }

    @Test
    void policyOfDeployWinsOverRestart() {
        Service service = Loading.service("""
                restart: always
                deploy: {restart_policy: {condition: on-failure, max_attempts: 2}}
                """);

        assertThat(service.restartPolicy()).isEqualTo(new RestartPolicy(Kind.ON_FAILURE, 2, null, null));
    }

    @Test
    void noConditionInDeployMeansAlways() {
        assertThat(Loading.service("deploy: {restart_policy: {}}")
                        .restartPolicy()
                        .kind())
                .isEqualTo(Kind.ALWAYS);
    }
}
