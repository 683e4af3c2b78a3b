package dev.jcompose.network.bridge;

import dev.jcompose.linux.netlink.IpvlanFlag;
import dev.jcompose.linux.netlink.IpvlanMode;
import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.linux.netlink.MacvlanMode;
import dev.jcompose.network.IpAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code driver_opts} of a network, by Docker's names. What has no meaning here is left alone, as Docker leaves it.
 *
 * @param values as written
 * @see <a href="https://docs.docker.com/engine/network/drivers/bridge/#options">Docker, bridge options</a>
 */
public record DriverOptions(Map<String, String> values) {
    private static final String BRIDGE = "com.docker.network.bridge.";
    private static final int LEAST_MTU = 68;
    private static final int GREATEST_MTU = 65535;
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");
    private static final Set<String> GATEWAY_MODES = Set.of("nat", "routed", "isolated");

    public DriverOptions {
        values = Map.copyOf(values);
    }

    /**
     * Reads all of them once.
     *
     * @throws IllegalArgumentException naming the option, its value and what it can be
     */
    void check() {
        mtuBytes();
        bridgeName();
        masquerade();
        communication();
        hostBinding();
        hasHostAddress(false);
        hasHostAddress(true);
        LinkSettings.requireName(interfacePrefix() + "0");
        parent();
        macvlanMode();
        ipvlanMode();
        ipvlanFlag();
    }

    /** Largest packet in bytes, null for that of the host's uplink or of the parent. */
    public @Nullable Integer mtuBytes() {
        String mtu = values.get("com.docker.network.driver.mtu");
        if (mtu == null) {
            return null;
        }
        if (!mtu.matches("\\d{1,6}") || Integer.parseInt(mtu) < LEAST_MTU || Integer.parseInt(mtu) > GREATEST_MTU) {
            throw new IllegalArgumentException("mtu \"%s\" is not in %d..%d".formatted(mtu, LEAST_MTU, GREATEST_MTU));
        }
        return Integer.valueOf(mtu);
    }

    /** The bridge's interface name, null for one that is picked. */
    public @Nullable String bridgeName() {
        String name = values.get(BRIDGE + "name");
        return name == null || name.isEmpty() ? null : LinkSettings.requireName(name);
    }

    /** Whether packets leave with the host's address as their source. */
    public boolean masquerade() {
        return flag(BRIDGE + "enable_ip_masquerade", true)
                && !gatewayMode(false).equals("routed");
    }

    /** Whether containers of the network reach each other. */
    public boolean communication() {
        return flag(BRIDGE + "enable_icc", true);
    }

    /** The host's address that ports are published on when the Compose file names none; null for all. */
    public @Nullable IpAddress hostBinding() {
        String address = values.get(BRIDGE + "host_binding_ipv4");
        return address == null || address.isEmpty() ? null : IpAddress.parse(address);
    }

    /** Whether the host has an address on the bridge, of that family. */
    public boolean hasHostAddress(boolean v6) {
        boolean inhibited = !v6 && flag(BRIDGE + "inhibit_ipv4", false);
        return !inhibited && !gatewayMode(v6).equals("isolated");
    }

    private String gatewayMode(boolean v6) {
        String name = BRIDGE + "gateway_mode_" + (v6 ? "ipv6" : "ipv4");
        String mode = values.getOrDefault(name, "nat");
        if (!GATEWAY_MODES.contains(mode)) {
            throw new IllegalArgumentException("%s \"%s\" is none of nat, routed, isolated".formatted(name, mode));
        }
        return mode;
    }

    /** What the names of interfaces in containers begin with. */
    public String interfacePrefix() {
        return values.getOrDefault("com.docker.network.container_iface_prefix", "eth");
    }

    /** The link of the host that macvlan and ipvlan go over; null for one that leads nowhere. */
    public @Nullable String parent() {
        String parent = values.get("parent");
        return parent == null || parent.isEmpty() ? null : LinkSettings.requireName(parent);
    }

    /** Bridge when nothing is said. */
    public MacvlanMode macvlanMode() {
        return word("macvlan_mode", MacvlanMode.values(), MacvlanMode.BRIDGE);
    }

    /** Layer 2 when nothing is said. */
    public IpvlanMode ipvlanMode() {
        return word("ipvlan_mode", IpvlanMode.values(), IpvlanMode.L2);
    }

    /** Bridge when nothing is said. */
    public IpvlanFlag ipvlanFlag() {
        return word("ipvlan_flag", IpvlanFlag.values(), IpvlanFlag.BRIDGE);
    }

    private <T> T word(String name, T[] words, T otherwise) {
        String value = values.get(name);
        return value == null || value.isEmpty()
                ? otherwise
                : Arrays.stream(words)
                        .filter(word -> word.toString().equals(value))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "%s \"%s\" is none of %s".formatted(name, value, Arrays.toString(words))));
    }

    private boolean flag(String name, boolean otherwise) {
        String value = values.get(name);
        if (value == null || value.isEmpty()) {
            return otherwise;
        }
        if (!TRUE.contains(value) && !FALSE.contains(value)) {
            throw new IllegalArgumentException("%s \"%s\" is neither true nor false".formatted(name, value));
        }
        return TRUE.contains(value);
    }
}
