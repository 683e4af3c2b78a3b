package dev.jcompose.network.bridge;

import dev.jcompose.linux.Errno;
import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.netlink.LinkInfo;
import dev.jcompose.linux.netlink.LinkSettings;
import dev.jcompose.linux.netlink.NetlinkRequest;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.linux.netlink.RtRequests;
import dev.jcompose.network.NetworkException;
import dev.jcompose.network.ipam.IpamPool;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The links of the host that macvlan and ipvlan networks go over. One that is there is used as it is; {@code eth0.50}
 * is made as VLAN 50 of {@code eth0}, and without a parent there is a link that leads nowhere.
 */
final class ParentLinks implements NetworkLinks {
    private static final Pattern VLAN = Pattern.compile("(.+)\\.(\\d{1,4})");
    private static final int GREATEST_VLAN = 4094;
    private static final int LOOPBACK_INDEX = 1;
    private static final int DEFAULT_MTU = 1500;

    private final RtNetlink netlink;
    private final OwnLinks own;

    ParentLinks(RtNetlink netlink, OwnLinks own) {
        this.netlink = netlink;
        this.own = own;
    }

    @Override
    public String name(NetworkSpec spec) {
        String parent = spec.options().parent();
        return parent == null ? "dm-" + own.hash(spec.id()) : parent;
    }

    @Override
    public Optional<LinkInfo> find(NetworkSpec spec) throws NetworkException, ErrnoException {
        Optional<LinkInfo> link = netlink.link(name(spec));
        if (link.isPresent()) {
            boolean others = own.isOurs(link.get()) && !own.isOf(link.get(), spec.id());
            if (others || link.get().index() == LOOPBACK_INDEX) {
                throw new NetworkException("cannot make network \"%s\" over \"%s\": it is %s"
                        .formatted(spec.name(), name(spec), others ? "another network's own link" : "the loopback"));
            }
        }
        return link;
    }

    @Override
    public List<IpamPool> pools(LinkInfo link) {
        return List.of();
    }

    @Override
    public int defaultMtu(NetworkSpec spec) throws NetworkException, ErrnoException {
        Optional<LinkInfo> parent = find(spec);
        Matcher vlan = VLAN.matcher(name(spec));
        Optional<LinkInfo> base = parent.isEmpty() && vlan.matches() ? netlink.link(vlan.group(1)) : parent;
        return base.map(LinkInfo::mtu).orElse(DEFAULT_MTU);
    }

    @Override
    public LinkInfo ensure(ContainerNetwork network) throws NetworkException, ErrnoException {
        NetworkSpec spec = network.spec();
        Optional<LinkInfo> existing = find(spec);
        if (existing.isPresent()) {
            return existing.get();
        }
        LinkSettings settings =
                new LinkSettings().name(name(spec)).group(own.group(spec.id())).up();
        if (spec.options().parent() == null) {
            make(spec, RtRequests.addDummy(settings), "has no driver_opts.parent", "dummy links", "CONFIG_DUMMY");
        } else {
            makeVlan(spec, settings);
        }
        return netlink.link(name(spec))
                .orElseThrow(() -> new ErrnoException("ip link show " + name(spec), Errno.ENODEV.number()));
    }

    private void makeVlan(NetworkSpec spec, LinkSettings settings) throws NetworkException, ErrnoException {
        Matcher vlan = VLAN.matcher(name(spec));
        Optional<LinkInfo> base = vlan.matches() ? netlink.link(vlan.group(1)) : Optional.empty();
        if (base.isEmpty()) {
            throw new NetworkException("network \"%s\": parent \"%s\" does not exist; the host has %s"
                    .formatted(spec.name(), name(spec), names()));
        }
        int id = Integer.parseInt(vlan.group(2));
        if (id < 1 || id > GREATEST_VLAN) {
            throw new NetworkException("network \"%s\": VLAN %d of parent \"%s\" is not in 1..%d"
                    .formatted(spec.name(), id, name(spec), GREATEST_VLAN));
        }
        NetlinkRequest add = RtRequests.addVlan(settings.parent(base.get().index()), id);
        make(spec, add, "needs VLAN " + id + " of " + vlan.group(1), "VLAN links", "CONFIG_VLAN_8021Q");
    }

    private void make(NetworkSpec spec, NetlinkRequest request, String reason, String kind, String option)
            throws NetworkException, ErrnoException {
        try {
            netlink.run(request, RtRequests.setLink(name(spec), new LinkSettings().alias(own.alias(spec.id()))));
        } catch (ErrnoException e) {
            if (e.is(Errno.EOPNOTSUPP)) {
                throw new NetworkException("network \"%s\" %s, but this kernel has no %s (%s)"
                        .formatted(spec.name(), reason, kind, option));
            }
            throw e;
        }
    }

    @Override
    public void tryOut(NetworkSpec spec, LinkInfo parent, Collection<ContainerNetwork> networks)
            throws NetworkException, ErrnoException {
        if (spec.driver() == NetworkDriver.IPVLAN) {
            requireSameMode(spec, networks);
        }
        String name = "jcp" + own.hash(spec.id());
        netlink.deleteLink(name);
        try {
            netlink.run(Cables.over(
                    parent.index(), spec, new LinkSettings().name(name).group(own.group(spec.id()))));
        } catch (ErrnoException e) {
            throw refused(spec, parent.name(), e);
        }
        netlink.deleteLink(name);
    }

    /** The kernel has mode and flag once for a parent: another network's would change with those of this one. */
    private void requireSameMode(NetworkSpec spec, Collection<ContainerNetwork> networks) throws NetworkException {
        DriverOptions wanted = spec.options();
        for (ContainerNetwork network : networks) {
            DriverOptions there = network.spec().options();
            if (network.spec().driver() == NetworkDriver.IPVLAN
                    && network.link().equals(name(spec))
                    && !network.spec().id().equals(spec.id())
                    && (there.ipvlanMode() != wanted.ipvlanMode() || there.ipvlanFlag() != wanted.ipvlanFlag())) {
                throw new NetworkException(
                        ("cannot make network \"%s\" over \"%s\" with ipvlan_mode %s and ipvlan_flag %s:"
                                        + " network \"%s\" has %s and %s there, and a parent has one of each")
                                .formatted(
                                        spec.name(),
                                        name(spec),
                                        wanted.ipvlanMode(),
                                        wanted.ipvlanFlag(),
                                        network.spec().name(),
                                        there.ipvlanMode(),
                                        there.ipvlanFlag()));
            }
        }
    }

    private static NetworkException refused(NetworkSpec spec, String parent, ErrnoException e) {
        if (e.is(Errno.EOPNOTSUPP)) {
            return new NetworkException("network \"%s\": this kernel has no %s links (CONFIG_%s)"
                    .formatted(spec.name(), spec.driver(), spec.driver().name()));
        }
        String reason = e.is(Errno.EBUSY) || e.is(Errno.EINVAL)
                ? ", which is a port of a bridge or has links of another driver or mode"
                : "";
        return new NetworkException(
                "cannot make network \"%s\" over \"%s\"%s".formatted(spec.name(), parent, reason), e);
    }

    private String names() throws ErrnoException {
        return netlink.links().stream()
                .filter(link -> link.index() != LOOPBACK_INDEX && !link.kind().equals("veth"))
                .map(LinkInfo::name)
                .collect(Collectors.joining(", "));
    }
}
