package dev.jcompose.network.dns;

import java.net.InetAddress;
import java.util.List;

/** What {@link DnsZones#lookup} decided about a name. */
public sealed interface DnsAnswer {

    /**
     * The name has these addresses of the family that was asked for.
     *
     * @param addresses at least one, in the order in which they are to be sent
     */
    record Addresses(List<InetAddress> addresses) implements DnsAnswer {
        public Addresses {
            addresses = List.copyOf(addresses);
            if (addresses.isEmpty()) {
                throw new IllegalArgumentException("no address; that is NoData");
            }
        }
    }

    /** The address that was asked for belongs to this name; it has no dot at its end. */
    record Pointer(String name) implements DnsAnswer {}

    /**
     * The service that was asked for is at this port of these containers.
     *
     * @param targets names of containers that resolve for the client, at least one, without a dot at the end
     * @param port 1 to 65535
     */
    record Services(List<String> targets, int port) implements DnsAnswer {
        public Services {
            targets = List.copyOf(targets);
            if (targets.isEmpty()) {
                throw new IllegalArgumentException("no target; that is NoData");
            }
        }
    }

    /** The name is ours, but has no record of this type: an empty answer without error, so that nobody waits. */
    record NoData() implements DnsAnswer {}

    /** There is no such name, and nobody else is to be asked. */
    record NoSuchName() implements DnsAnswer {}

    /** The name is not ours: the resolvers of the host are to be asked. */
    record Forward() implements DnsAnswer {}
}
