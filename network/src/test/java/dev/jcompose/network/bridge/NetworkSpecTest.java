package dev.jcompose.network.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkSpecTest {

    @Test
    void readsTheDriverOptionsOfDocker() {
        NetworkSpec spec = spec(Map.of(
                "com.docker.network.bridge.name", "br-web",
                "com.docker.network.driver.mtu", "1280",
                "com.docker.network.bridge.enable_ip_masquerade", "false"));

        assertThat(spec.options().bridgeName()).isEqualTo("br-web");
        assertThat(spec.mtuBytes()).isEqualTo(1280);
        assertThat(spec.masquerade()).isFalse();
    }

    @Test
    void rejectsWhatTheKernelWouldReject() {
        assertThatThrownBy(() -> spec(Map.of("com.docker.network.bridge.name", "a-name-of-16-bytes")))
                .hasMessageContaining("interface name \"a-name-of-16-bytes\"");
        assertThatThrownBy(() -> spec(Map.of("com.docker.network.driver.mtu", "12")))
                .hasMessage("network \"web_default\": mtu \"12\" is not in 68..65535");
        assertThatThrownBy(() -> spec(Map.of("com.docker.network.driver.mtu", "big")))
                .hasMessage("network \"web_default\": mtu \"big\" is not in 68..65535");
    }

    @Test
    void aNetworkHasAtLeastOneFamily() {
        assertThatThrownBy(() -> NetworkSpec.of("n1", "web_default", "web").withFamilies(false, false))
                .hasMessage("network \"web_default\" has neither IPv4 nor IPv6");
    }

    private static NetworkSpec spec(Map<String, String> driverOpts) {
        return NetworkSpec.of("n1", "web_default", "web").withDriver(NetworkDriver.BRIDGE, driverOpts);
    }
}
