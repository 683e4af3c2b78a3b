package dev.jcompose.network.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** Addresses from literals, for tests. */
final class Addresses {
    private Addresses() {}

    static InetAddress ip(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static List<InetAddress> ips(String... literals) {
        return Stream.of(literals).map(Addresses::ip).toList();
    }
}
