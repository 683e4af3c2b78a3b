package dev.jcompose.engine.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.model.Service;
import dev.jcompose.runtime.container.SeccompMode;
import dev.jcompose.runtime.container.Security;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityOptionsTest {

    @Test
    void theDefaultIsFilteredAndMasked() {
        Security security = of();
        assertThat(security.seccomp()).isInstanceOf(SeccompMode.Default.class);
        assertThat(security.noNewPrivileges()).isFalse();
        assertThat(security.maskedPaths()).isEqualTo(Security.MASKED_PATHS);
        assertThat(security.readonlyPaths()).isEqualTo(Security.READONLY_PATHS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-new-privileges", "no-new-privileges:true", "no-new-privileges=true"})
    void noNewPrivilegesIsSaidInThreeWays(String option) {
        assertThat(of(option).noNewPrivileges()).isTrue();
    }

    @Test
    void noNewPrivilegesCanBeDenied() {
        assertThat(of("no-new-privileges:false").noNewPrivileges()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"seccomp:unconfined", "seccomp=unconfined"})
    void theFilterCanBeTakenAway(String option) {
        assertThat(of(option).seccomp()).isInstanceOf(SeccompMode.Unconfined.class);
    }

    @Test
    void pathsCanBeUnmasked() {
        Security security = of("systempaths=unconfined");
        assertThat(security.maskedPaths()).isEmpty();
        assertThat(security.readonlyPaths()).isEmpty();
    }

    @Test
    void whatIsNotThereNeedNotBeTakenAway() {
        assertThat(of("apparmor=unconfined", "label:disable")).isEqualTo(of());
    }

    @Test
    void anUnknownOptionIsRefusedAndNotIgnored() {
        assertThatThrownBy(() -> of("seccomp=./profile.json"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("services.web.security_opt", "\"seccomp=./profile.json\"");
    }

    @Test
    void capabilitiesAreHandedOn() {
        Security security = SpecAssembler.security(Service.builder("web")
                .security(model(false, List.of("NET_ADMIN"), List.of("CHOWN"), List.of()))
                .build());
        assertThat(security.capAdd()).containsExactly("NET_ADMIN");
        assertThat(security.capDrop()).containsExactly("CHOWN");
    }

    @Test
    void privilegedIsPrivilegedWhateverElseIsSaid() {
        assertThat(SpecAssembler.security(Service.builder("web")
                        .security(model(true, List.of(), List.of(), List.of("no-new-privileges")))
                        .build()))
                .isEqualTo(Security.PRIVILEGED);
    }

    private static Security of(String... options) {
        return SpecAssembler.security(Service.builder("web")
                .security(model(false, List.of(), List.of(), List.of(options)))
                .build());
    }

    private static dev.jcompose.model.Security model(
            boolean privileged, List<String> add, List<String> drop, List<String> options) {
        return new dev.jcompose.model.Security(privileged, false, add, drop, options, List.of(), List.of(), List.of());
    }
}
