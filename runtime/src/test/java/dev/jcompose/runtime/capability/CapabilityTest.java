package dev.jcompose.runtime.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilityTest {

    @ParameterizedTest
    @CsvSource({
        "CHOWN,0",
        "SETPCAP,8",
        "NET_ADMIN,12",
        "SYS_CHROOT,18",
        "SYS_ADMIN,21",
        "SYS_RESOURCE,24",
        "MKNOD,27",
        "AUDIT_WRITE,29",
        "SETFCAP,31",
        "SYSLOG,34",
        "BPF,39",
        "CHECKPOINT_RESTORE,40"
    })
    void hasTheKernelsNumber(Capability capability, int number) {
        assertThat(capability.number()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NET_ADMIN", "CAP_NET_ADMIN", "net_admin", "cap_net_admin"})
    void isFoundWithAndWithoutItsPrefixInAnyCase(String name) {
        assertThat(Capability.parse(name)).isEqualTo(Capability.NET_ADMIN);
    }

    @Test
    void anUnknownNameIsQuotedAndTheKnownOnesAreListed() {
        assertThatThrownBy(() -> Capability.parse("NET_ADMN"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unknown capability \"NET_ADMN\", expected ALL or one of CHOWN, DAC_OVERRIDE,")
                .hasMessageEndingWith("BPF, CHECKPOINT_RESTORE");
    }
}
