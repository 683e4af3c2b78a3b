package dev.jcompose.network.dns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All names of all networks: an immutable table that is replaced whole whenever a container comes or goes. */
public final class DnsZones {
    private static final DnsAnswer NO_DATA = new DnsAnswer.NoData();
    private static final DnsAnswer NO_SUCH_NAME = new DnsAnswer.NoSuchName();
    private static final DnsAnswer FORWARD = new DnsAnswer.Forward();
    private static final Set<Integer> ASKED_OF_TOP_LEVEL_DOMAINS =
            Set.of(RecordType.NS, RecordType.SOA, RecordType.DS, RecordType.DNSKEY);
    /** Names of containers and networks may be longer than what fits into a message. */
    private static final Pattern SENDABLE = Pattern.compile("(?=.{1,253}$)[^.]{1,63}(\\.[^.]{1,63})*");

    private static final List<InetAddress> LOOPBACK = List.of(loopback(4), loopback(16));

    private final Map<String, Zone> zones;

    private DnsZones(Map<String, Zone> zones) {
        this.zones = zones;
    }

    /** @param serving by their names, the containers of which ports are known */
    private record Zone(
            Map<String, List<InetAddress>> names,
            Map<InetAddress, String> containers,
            Map<String, List<DnsMember>> serving) {}

    /** A table without names. */
    public static DnsZones empty() {
        return new DnsZones(Map.of());
    }

    /** The table of these containers; one on several networks is given once for each. */
    public static DnsZones of(Collection<DnsMember> members) {
        return of(members, List.of());
    }

    /**
     * The table of these containers.
     *
     * @param resting those that do not run at the moment: they are found by the names that none of {@code members} has
     *     on their network
     */
    public static DnsZones of(Collection<DnsMember> members, Collection<DnsMember> resting) {
        Map<String, Draft> drafts = new HashMap<>();
        for (DnsMember member : members) {
            drafts.computeIfAbsent(member.network(), network -> new Draft()).add(member, Set.of());
        }
        Map<String, Set<String>> answered = new HashMap<>();
        for (DnsMember member : resting) {
            Draft draft = drafts.computeIfAbsent(member.network(), network -> new Draft());
            draft.add(
                    member, answered.computeIfAbsent(member.network(), network -> new HashSet<>(draft.names.keySet())));
        }
        Map<String, Zone> zones = new HashMap<>();
        drafts.forEach((network, draft) -> zones.put(network, draft.zone()));
        return new DnsZones(zones);
    }

    /** A zone that more is added to. */
    private static final class Draft {
        private final Map<String, Set<InetAddress>> names = new HashMap<>();
        private final Map<InetAddress, String> containers = new HashMap<>();
        private final Map<String, List<DnsMember>> serving = new HashMap<>();

        /** @param others names that stand for others */
        void add(DnsMember member, Set<String> others) {
            for (String name : member.names()) {
                if (others.contains(name)) {
                    continue;
                }
                names.computeIfAbsent(name, key -> new LinkedHashSet<>()).addAll(member.addresses());
                if (!member.ports().isEmpty()) {
                    serving.computeIfAbsent(name, key -> new ArrayList<>()).add(member);
                }
            }
            member.addresses().forEach(address -> containers.put(address, member.containerName()));
        }

        Zone zone() {
            Map<String, List<InetAddress>> lists = new HashMap<>();
            names.forEach((name, addresses) -> lists.put(name, List.copyOf(addresses)));
            return new Zone(lists, containers, serving);
        }
    }

    /**
     * What the container with this view is told. A pure function.
     *
     * @param name without a dot at its end, in any case; empty for the root
     * @param type the number of a record type, see {@link RecordType}
     */
    public DnsAnswer lookup(DnsView view, String name, int type) {
        String wanted = name.toLowerCase(Locale.ROOT);
        List<InetAddress> found = resolve(view, wanted, type);
        if (found != null) {
            List<InetAddress> matching = ofType(found, type);
            return matching.isEmpty() ? NO_DATA : new DnsAnswer.Addresses(matching);
        }
        ServiceName service = ServiceName.parse(wanted);
        if (service != null && resolve(view, service.host(), RecordType.A) != null) {
            return type == RecordType.SRV ? services(view, service) : NO_DATA;
        }
        InetAddress reversed = ReverseName.parse(wanted);
        String pointer = reversed == null ? null : containerAt(view, reversed);
        if (pointer != null) {
            return type == RecordType.PTR ? new DnsAnswer.Pointer(pointer) : NO_DATA;
        }
        return view.forwarding() && mayBeAskedOutside(view, wanted, type) ? FORWARD : NO_SUCH_NAME;
    }

    /** The containers that a name stands for on one network, by their addresses; none if it is not known there. */
    Map<InetAddress, String> holders(String network, String name) {
        Map<InetAddress, String> holders = new LinkedHashMap<>();
        List<InetAddress> addresses = inZone(network, name.toLowerCase(Locale.ROOT));
        Zone zone = zones.get(network);
        if (addresses != null && zone != null) {
            addresses.forEach(address -> holders.put(address, zone.containers.getOrDefault(address, "")));
        }
        return holders;
    }

    private DnsAnswer services(DnsView view, ServiceName service) {
        String target = view.links().get(service.host());
        String host = target == null ? service.host() : target.toLowerCase(Locale.ROOT);
        for (String network : view.networks()) {
            Zone zone = zones.get(network);
            if (zone == null) {
                continue;
            }
            List<DnsMember> members = zone.serving.getOrDefault(withoutNetwork(host, network, zone), List.of());
            List<String> targets = new ArrayList<>();
            int port = 0;
            for (DnsMember member : members) {
                for (DnsMember.Port offered : member.ports()) {
                    String name = member.containerName() + "." + network;
                    if (offered.is(service.port(), service.protocol())
                            && SENDABLE.matcher(name).matches()
                            && (port == 0 || port == offered.number())
                            && !targets.contains(name)) {
                        port = offered.number();
                        targets.add(name);
                    }
                }
            }
            if (!targets.isEmpty()) {
                return new DnsAnswer.Services(targets, port);
            }
        }
        return NO_DATA;
    }

    private static String withoutNetwork(String name, String network, Zone zone) {
        int cut = name.length() - network.length() - 1;
        boolean qualified = !zone.names.containsKey(name)
                && cut > 0
                && name.charAt(cut) == '.'
                && name.regionMatches(true, cut + 1, network, 0, network.length());
        return qualified ? name.substring(0, cut) : name;
    }

    private @Nullable List<InetAddress> resolve(DnsView view, String name, int type) {
        List<InetAddress> extra = view.extraNames().get(name);
        if (extra != null) {
            return extra;
        }
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return LOOPBACK;
        }
        String target = view.links().get(name);
        String wanted = target == null ? name : target.toLowerCase(Locale.ROOT);
        List<InetAddress> best = null;
        for (String network : view.networks()) {
            List<InetAddress> found = inZone(network, wanted);
            if (found != null && (best == null || ofType(best, type).isEmpty())) {
                best = found;
            }
        }
        return best;
    }

    /** The addresses of {@code name} or of {@code name.network}; null if the network does not know it. */
    private @Nullable List<InetAddress> inZone(String network, String name) {
        Zone zone = zones.get(network);
        if (zone == null) {
            return null;
        }
        return zone.names.get(withoutNetwork(name, network, zone));
    }

    private @Nullable String containerAt(DnsView view, InetAddress address) {
        for (String network : view.networks()) {
            Zone zone = zones.get(network);
            String container = zone == null ? null : zone.containers.get(address);
            if (container != null) {
                String name = container + "." + network;
                return SENDABLE.matcher(name).matches() ? name : null;
            }
        }
        return null;
    }

    /**
     * A name without a dot is a service that is not there: a resolver elsewhere knows nothing of it, and waiting for
     * its answer costs seconds. Top-level domains have no dot either, but nobody asks them for addresses.
     */
    private static boolean mayBeAskedOutside(DnsView view, String name, int type) {
        return name.isEmpty()
                || name.indexOf('.') >= 0
                || view.forwardsSingleLabels()
                || ASKED_OF_TOP_LEVEL_DOMAINS.contains(type);
    }

    private static List<InetAddress> ofType(List<InetAddress> addresses, int type) {
        if (type != RecordType.A && type != RecordType.AAAA) {
            return List.of();
        }
        List<InetAddress> matching = new ArrayList<>(addresses.size());
        for (InetAddress address : addresses) {
            if (address instanceof Inet4Address == (type == RecordType.A)) {
                matching.add(address);
            }
        }
        return matching;
    }

    private static InetAddress loopback(int length) {
        byte[] address = new byte[length];
        address[length - 1] = 1;
        if (length == 4) {
            address[0] = 127;
        }
        try {
            return InetAddress.getByAddress(address);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
