package dev.jcompose.runtime.capability;

import static dev.jcompose.runtime.capability.Capability.AUDIT_WRITE;
import static dev.jcompose.runtime.capability.Capability.CHOWN;
import static dev.jcompose.runtime.capability.Capability.KILL;
import static dev.jcompose.runtime.capability.Capability.MKNOD;
import static dev.jcompose.runtime.capability.Capability.NET_ADMIN;
import static dev.jcompose.runtime.capability.Capability.NET_RAW;
import static dev.jcompose.runtime.capability.Capability.SYS_RESOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CapabilityGrantTest {
    private static final CapabilitySet WITHOUT_SYS_RESOURCE = CapabilitySet.ALL.minus(CapabilitySet.of(SYS_RESOURCE));

    private static CapabilitySet granted(List<String> add, List<String> drop) {
        return CapabilityGrant.resolve(false, add, drop, CapabilitySet.ALL).granted();
    }

    @Test
    void theDefaultIsElevenCapabilitiesWithoutRawSocketsAndDeviceNodes() {
        CapabilitySet granted = granted(List.of(), List.of());
        assertThat(granted).isEqualTo(CapabilitySet.DEFAULT);
        assertThat(granted.toList()).hasSize(11).doesNotContain(MKNOD, NET_RAW, AUDIT_WRITE);
    }

    @Test
    void addsAndDropsSingleOnes() {
        assertThat(granted(List.of("NET_ADMIN"), List.of("cap_chown")).toList())
                .hasSize(11)
                .contains(NET_ADMIN)
                .doesNotContain(CHOWN);
    }

    @Test
    void addWinsOverDropOfTheSameName() {
        assertThat(granted(List.of("KILL"), List.of("KILL")).contains(KILL)).isTrue();
    }

    @Test
    void dropAllLeavesOnlyWhatIsAdded() {
        assertThat(granted(List.of("NET_ADMIN"), List.of("ALL")).toList()).containsExactly(NET_ADMIN);
    }

    @Test
    void addAllLeavesOutWhatIsDropped() {
        assertThat(granted(List.of("all"), List.of("MKNOD")))
                .isEqualTo(CapabilitySet.ALL.minus(CapabilitySet.of(MKNOD)));
    }

    @Test
    void nobodyGetsWhatTheEngineLacks() {
        CapabilityGrant grant =
                CapabilityGrant.resolve(false, List.of("SYS_RESOURCE"), List.of(), WITHOUT_SYS_RESOURCE);
        assertThat(grant.granted()).isEqualTo(CapabilitySet.DEFAULT);
        assertThat(grant.unavailable()).isEqualTo(CapabilitySet.of(SYS_RESOURCE));
    }

    @Test
    void privilegedIsTheEnginesWholeBoundingSet() {
        CapabilityGrant grant = CapabilityGrant.resolve(true, List.of(), List.of("CHOWN"), WITHOUT_SYS_RESOURCE);
        assertThat(grant).isEqualTo(new CapabilityGrant(WITHOUT_SYS_RESOURCE, CapabilitySet.NONE));
    }

    @Test
    void anUnknownNameIsAnErrorEvenBesideAll() {
        assertThatThrownBy(() -> granted(List.of("ALL"), List.of("NOTHING")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"NOTHING\"");
    }
}
