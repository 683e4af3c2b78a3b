package dev.jcompose.network.firewall;

import dev.jcompose.linux.netlink.LinkSettings;

/**
 * What the firewall does with a network.
 *
 * @param name the bridge's interface name
 * @param internal nothing gets in or out
 * @param masquerade what leaves gets the host's address as its source
 * @param ipv6 whether it carries IPv6, which has a table of its own
 */
public record FilteredBridge(String name, boolean internal, boolean masquerade, boolean ipv6) {

    public FilteredBridge {
        LinkSettings.requireName(name);
    }
}
