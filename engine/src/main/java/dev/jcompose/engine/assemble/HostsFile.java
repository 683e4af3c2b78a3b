package dev.jcompose.engine.assemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The content of a container's {@code /etc/hosts}. */
public final class HostsFile {
    private HostsFile() {}

    /**
     * Localhost, the service's {@code extra_hosts}, and the container itself.
     *
     * @param addresses of the container
     * @param names its host name, with the domain first when it has one
     * @param extraHosts name to addresses; {@code host-gateway} stands for {@code gateway}
     * @param gateway the host as the container sees it; empty when it sees no host
     */
    public static String of(
            List<String> addresses, String names, Map<String, List<String>> extraHosts, String gateway) {
        List<String> lines = new ArrayList<>(List.of(
                "127.0.0.1\tlocalhost",
                "::1\tlocalhost ip6-localhost ip6-loopback",
                "fe00::\tip6-localnet",
                "ff00::\tip6-mcastprefix",
                "ff02::1\tip6-allnodes",
                "ff02::2\tip6-allrouters"));
        extraHosts.forEach((name, targets) -> {
            for (String target : targets) {
                String address = target.equals("host-gateway") ? gateway : target;
                if (!address.isEmpty()) {
                    lines.add(address + "\t" + name);
                }
            }
        });
        for (String address : addresses) {
            lines.add(address + "\t" + names);
        }
        return String.join("\n", lines) + "\n";
    }
}
