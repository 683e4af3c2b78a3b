package dev.jcompose.network.ipam;

import dev.jcompose.network.Subnet;
import java.util.function.Supplier;

/**
 * A subnet that is in use.
 *
 * @param holder says what uses it, in words for an error: {@code route 10.0.0.0/8 dev tun0}, {@code network
 *     web_default}
 */
public record OccupiedSubnet(Subnet subnet, Supplier<String> holder) {

    /** The same where the words are known. */
    public OccupiedSubnet(Subnet subnet, String holder) {
        this(subnet, () -> holder);
    }
}
