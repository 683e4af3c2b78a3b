package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code ipam.config}. The texts are not checked by the loader, as in the reference.
 *
 * @param subnet CIDR
 * @param ipRange CIDR inside {@code subnet} from which addresses are given out
 * @param gateway address of the gateway
 * @param auxAddresses host name to an address that is reserved
 */
public record IpamPool(
        @Nullable String subnet,
        @Nullable String ipRange,
        @Nullable String gateway,
        Map<String, String> auxAddresses) {

    public IpamPool {
        auxAddresses = Immutable.map(auxAddresses);
    }
}
