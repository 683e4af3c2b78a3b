package dev.jcompose.network.bridge;

import static java.util.Comparator.comparingInt;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.netlink.LinkInfo;
import dev.jcompose.linux.netlink.RouteInfo;
import dev.jcompose.linux.netlink.RtNetlink;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a host reaches others: its best default route, of IPv4 where it has one. */
public final class DefaultRoute {
    private static final int MAIN_TABLE = 254;

    private final RtNetlink netlink;

    /** @param netlink of the host's network namespace; stays the caller's */
    public DefaultRoute(RtNetlink netlink) {
        this.netlink = netlink;
    }

    /** The name of the link that it uses; null without one. */
    public @Nullable String linkName() throws ErrnoException {
        return link().map(LinkInfo::name).orElse(null);
    }

    Optional<LinkInfo> link() throws ErrnoException {
        Optional<RouteInfo> best = netlink.routes().stream()
                .filter(route -> route.isDefault() && route.table() == MAIN_TABLE && route.linkIndex() != 0)
                .filter(route -> route.type() == RouteInfo.TYPE_UNICAST)
                .min(comparingInt((RouteInfo route) -> route.destination().getAddress().length)
                        .thenComparing(RouteInfo::priority));
        if (best.isEmpty()) {
            return Optional.empty();
        }
        return netlink.links().stream()
                .filter(link -> link.index() == best.get().linkIndex())
                .findFirst();
    }
}
