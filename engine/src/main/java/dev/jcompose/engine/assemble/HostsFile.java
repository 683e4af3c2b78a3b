package dev.jcompose.engine.assemble;

import java.util.List;
import java.util.Map;

/** The content of a container's {@code /etc/hosts}. */
public final class HostsFile {
    /** The lines that every machine has. */
    public static final String LOCALHOST = """
            127.0.0.1	localhost
            ::1	localhost ip6-localhost ip6-loopback
            fe00::	ip6-localnet
            ff00::	ip6-mcastprefix
            ff02::1	ip6-allnodes
            ff02::2	ip6-allrouters
            """;

    private HostsFile() {}

    /**
     * Localhost, the service's {@code extra_hosts}, and the container itself.
     *
     * @param addresses of the container
     * @param names its host name, with the domain first when it has one
     * @param extraHosts name to addresses; {@code host-gateway} stands for {@code host}
     * @param host the host as the container sees it; empty when it sees no host
     */
    public static String of(
            List<String> addresses, String names, Map<String, List<String>> extraHosts, List<String> host) {
        return LOCALHOST + extra(extraHosts, host) + own(addresses, names);
    }

    /** The lines of {@code extra_hosts}; parameters as of {@link #of}. */
    public static String extra(Map<String, List<String>> extraHosts, List<String> host) {
        StringBuilder lines = new StringBuilder();
        extraHosts.forEach((name, targets) -> {
            for (String target : targets) {
                List<String> addresses = target.equals("host-gateway") ? host : List.of(target);
                lines.append(own(addresses, name));
            }
        });
        return lines.toString();
    }

    /** A line for each address with all the names. */
    public static String own(List<String> addresses, String names) {
        StringBuilder lines = new StringBuilder();
        addresses.forEach(
                address -> lines.append(address).append('\t').append(names).append('\n'));
        return lines.toString();
    }
}
