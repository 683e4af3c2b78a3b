package dev.jcompose.network.ipam;

import dev.jcompose.network.Subnet;

/**
 * A subnet that is in use.
 *
 * @param holder what uses it, in words for an error: {@code route 10.0.0.0/8 dev tun0}, {@code network web_default}
 */
public record OccupiedSubnet(Subnet subnet, String holder) {}
