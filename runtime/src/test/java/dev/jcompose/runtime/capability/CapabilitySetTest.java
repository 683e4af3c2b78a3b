package dev.jcompose.runtime.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapabilitySetTest {

    @Test
    void theDefaultHasTheMaskThatTheKernelShows() {
        // CapBnd of a podman container with its default capabilities.
        assertThat(CapabilitySet.DEFAULT).isEqualTo(CapabilitySet.parseHex("00000000800405fb"));
    }

    @Test
    void printsNames() {
        assertThat(CapabilitySet.of(Capability.BPF, Capability.CHOWN)).hasToString("[CHOWN,BPF]");
    }

    @Test
    void readsTheBoundingSetOfAProcess() throws IOException {
        assertThat(BoundingSet.parse(List.of("CapEff:\t0000000000000000", "CapBnd:\t000001fffeffffff")))
                .isEqualTo(CapabilitySet.ALL.minus(CapabilitySet.of(Capability.SYS_RESOURCE)));
        assertThatThrownBy(() -> BoundingSet.parse(List.of("Name:\tx"))).hasMessageContaining("CapBnd:");
    }

    @Test
    void ownBoundingSetIsReadFromProc() throws IOException {
        assertThat(BoundingSet.ofSelf().isEmpty()).isFalse();
    }

    @Test
    void encodesTheArgumentsOfCapset() {
        HexFormat hex = HexFormat.of();
        assertThat(hex.formatHex(Capset.header())).isEqualTo("22050820" + "00000000");
        assertThat(hex.formatHex(Capset.data(CapabilitySet.NONE, CapabilitySet.parseHex("000001ff800405fb"))))
                .isEqualTo("00000000" + "fb050480" + "00000000" // low half: effective, permitted, inheritable
                        + "00000000" + "ff010000" + "00000000"); // high half
    }
}
