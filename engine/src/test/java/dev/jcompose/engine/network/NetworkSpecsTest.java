package dev.jcompose.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.model.Ipam;
import dev.jcompose.model.Network;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Subnet;
import dev.jcompose.network.bridge.NetworkSpec;
import dev.jcompose.network.ipam.IpamPool;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkSpecsTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"bridge", "default"})
    void theUsualNetworkIsABridgeWithIpv4(@Nullable String driver) {
        NetworkSpec spec = NetworkSpecs.of("id", "p", network(driver, Ipam.NONE), Map.of("c", "d"));
        assertThat(spec.id()).isEqualTo("id");
        assertThat(spec.name()).isEqualTo("p_back");
        assertThat(spec.project()).isEqualTo("p");
        assertThat(spec.enableIpv4()).isTrue();
        assertThat(spec.enableIpv6()).isFalse();
        assertThat(spec.pools()).isEmpty();
        assertThat(spec.driverOpts()).containsEntry("a", "b");
        assertThat(spec.labels()).containsEntry("c", "d");
    }

    @Test
    void anotherDriverIsRefusedByName() {
        assertThatThrownBy(() -> NetworkSpecs.of("id", "p", network("overlay", Ipam.NONE), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("networks.back", "\"overlay\"");
    }

    @Test
    void subnetsAreReadAndWhatHasNoneIsLeftToTheEngine() {
        Ipam ipam = new Ipam(
                null,
                List.of(
                        new dev.jcompose.model.IpamPool(
                                "10.9.0.0/16", "10.9.1.0/24", "10.9.0.1", Map.of("printer", "10.9.0.7")),
                        new dev.jcompose.model.IpamPool(null, null, null, Map.of())),
                Map.of());
        assertThat(NetworkSpecs.of("id", "p", network(null, ipam), Map.of()).pools())
                .containsExactly(new IpamPool(
                        Subnet.parse("10.9.0.0/16"),
                        Subnet.parse("10.9.1.0/24"),
                        IpAddress.parse("10.9.0.1"),
                        Map.of("printer", IpAddress.parse("10.9.0.7"))));
    }

    @Test
    void aSubnetOfIpv6SwitchesIpv6OnUnlessTheFileSaysOtherwise() {
        Ipam ipam =
                new Ipam(null, List.of(new dev.jcompose.model.IpamPool("fd12::/64", null, null, Map.of())), Map.of());
        assertThat(NetworkSpecs.of("id", "p", network(null, ipam), Map.of()).enableIpv6())
                .isTrue();
    }

    @Test
    void aPoolWithoutASubnetIsRefused() {
        Ipam ipam =
                new Ipam(null, List.of(new dev.jcompose.model.IpamPool(null, null, "10.9.0.1", Map.of())), Map.of());
        assertThatThrownBy(() -> NetworkSpecs.of("id", "p", network(null, ipam), Map.of()))
                .hasMessage("networks.back: an entry of ipam.config has no subnet");
    }

    private static Network network(@Nullable String driver, Ipam ipam) {
        return new Network(
                "back",
                "p_back",
                driver,
                Map.of("a", "b"),
                false,
                false,
                false,
                null,
                null,
                ipam,
                Map.of("c", "d"),
                Map.of());
    }
}
