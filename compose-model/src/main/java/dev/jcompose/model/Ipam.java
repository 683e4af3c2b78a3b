package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Address management of a network.
 *
 * @param driver null for the default
 * @param config the address pools; empty for one that is picked
 * @param options options of the driver
 */
public record Ipam(@Nullable String driver, List<IpamPool> config, Map<String, String> options) {

    public Ipam {
        config = Immutable.list(config);
        options = Immutable.map(options);
    }

    /** Nothing configured. */
    public static final Ipam NONE = new Ipam(null, List.of(), Map.of());
}
