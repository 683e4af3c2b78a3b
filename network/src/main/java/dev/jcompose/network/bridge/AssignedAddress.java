package dev.jcompose.network.bridge;

import dev.jcompose.network.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * An address of a container's interface.
 *
 * @param gateway where its default route leads, null when it has none on this network
 */
public record AssignedAddress(
        IpAddress address, int prefixLength, @Nullable IpAddress gateway) {

    @Override
    public String toString() {
        return address + "/" + prefixLength;
    }
}
