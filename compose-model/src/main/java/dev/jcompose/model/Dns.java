package dev.jcompose.model;

import dev.jcompose.model.node.Immutable;
import java.util.List;
import java.util.Map;

/**
 * Name resolution of a service.
 *
 * @param servers {@code dns}: addresses of resolvers
 * @param search {@code dns_search}
 * @param options {@code dns_opt}
 * @param extraHosts host name to addresses, or {@code host-gateway}
 */
public record Dns(
        List<String> servers, List<String> search, List<String> options, Map<String, List<String>> extraHosts) {

    public Dns {
        servers = Immutable.list(servers);
        search = Immutable.list(search);
        options = Immutable.list(options);
        extraHosts = Immutable.map(extraHosts);
    }

    /** The engine's defaults. */
    public static final Dns DEFAULT = new Dns(List.of(), List.of(), List.of(), Map.of());
}
