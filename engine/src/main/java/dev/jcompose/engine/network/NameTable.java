package dev.jcompose.engine.network;

import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.OneOff;
import dev.jcompose.model.PortMapping;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceNetwork;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.bridge.AssignedAddress;
import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.dns.DnsMember;
import dev.jcompose.network.dns.DnsServer;
import dev.jcompose.network.dns.DnsZones;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which names containers are found by: kept per container, and made into one table when somebody asks for a name after
 * a change. While a container is restarted it is found at the address that it will have again, under those of its names
 * that nobody else answers to: a client that asks at that moment is to wait for it, and not to be told that there is no
 * such service.
 */
final class NameTable {
    private final Function<Container, Map<String, ServiceNetwork>> settings;
    private final Map<String, List<DnsMember>> byContainer = new LinkedHashMap<>();
    private final Map<String, List<DnsMember>> resting = new LinkedHashMap<>();
    private final Set<String> expected = new HashSet<>();
    /** Null after a change. */
    private volatile @Nullable DnsZones table;

    /** @param settings of a container on each of its networks, by the network's name */
    NameTable(DnsServer server, Function<Container, Map<String, ServiceNetwork>> settings) {
        this.settings = settings;
        server.zones(this::zones);
    }

    /** The container is found from now on. */
    synchronized void add(Container container, List<Attachment> attachments) {
        List<DnsMember> members = new ArrayList<>();
        for (Attachment attachment : attachments) {
            members.add(new DnsMember(
                    attachment.networkName(),
                    container.config().name(),
                    container.config().id(),
                    container.config().project(),
                    isAnonymous(container)
                            ? container.config().name()
                            : container.config().service(),
                    aliases(container, attachment.networkName()),
                    attachment.addresses().stream()
                            .map(AssignedAddress::address)
                            .map(IpAddress::toInetAddress)
                            .toList(),
                    ports(container.service())));
        }
        byContainer.put(container.config().id(), members);
        resting.remove(container.config().id());
        resting.values().removeIf(others -> others.stream().anyMatch(other -> hasAddressOf(other, members)));
        table = null;
    }

    /** An address belongs to one container: who rests may lose it to another. */
    private static boolean hasAddressOf(DnsMember resting, List<DnsMember> members) {
        return members.stream()
                .filter(member -> member.network().equals(resting.network()))
                .anyMatch(member -> resting.addresses().stream().anyMatch(member.addresses()::contains));
    }

    /** It has ended. Whether it is found further on is said by {@link #settle}, which must follow. */
    synchronized void rest(Container container) {
        List<DnsMember> members = byContainer.remove(container.config().id());
        if (members != null) {
            resting.put(container.config().id(), members);
            table = null;
        }
    }

    /** It is about to be stopped, and started again after that: until {@link #release}. */
    synchronized void keep(Container container) {
        expected.add(container.config().id());
    }

    /** What {@link #keep} was for is done, or has failed; then it is not found any more. */
    synchronized void release(Container container, boolean comesBack) {
        expected.remove(container.config().id());
        settle(container, comesBack);
    }

    /** Forgets a container that has ended, unless it is started again. */
    synchronized void settle(Container container, boolean comesBack) {
        String id = container.config().id();
        if (!comesBack && !expected.contains(id) && resting.remove(id) != null) {
            table = null;
        }
    }

    private DnsZones zones() {
        DnsZones made = table;
        return made == null ? make() : made;
    }

    private synchronized DnsZones make() {
        DnsZones made = DnsZones.of(members(byContainer), members(resting));
        table = made;
        return made;
    }

    private static List<DnsMember> members(Map<String, List<DnsMember>> byContainer) {
        return byContainer.values().stream().flatMap(List::stream).toList();
    }

    private static List<DnsMember.Port> ports(Service service) {
        List<DnsMember.Port> ports = new ArrayList<>();
        for (PortMapping port : service.ports()) {
            ports.add(new DnsMember.Port(port.name() == null ? "" : port.name(), port.protocol(), port.target()));
        }
        for (String exposed : service.expose()) {
            int slash = exposed.indexOf('/');
            String number = slash < 0 ? exposed : exposed.substring(0, slash);
            if (!number.isEmpty() && number.chars().allMatch(Character::isDigit)) {
                String protocol = slash < 0 ? "tcp" : exposed.substring(slash + 1);
                ports.add(new DnsMember.Port("", protocol, Integer.parseInt(number)));
            }
        }
        return ports;
    }

    /** A one-off container does not answer for its service, unless it was asked for. */
    private static boolean isAnonymous(Container container) {
        OneOff run = container.config().run();
        return run != null && !run.aliases();
    }

    private List<String> aliases(Container container, String networkName) {
        List<String> aliases = new ArrayList<>();
        if (isAnonymous(container)) {
            return aliases;
        }
        String hostname = container.service().hostname();
        if (hostname != null) {
            aliases.add(hostname);
        }
        ServiceNetwork own = settings.apply(container).get(networkName);
        if (own != null) {
            aliases.addAll(own.aliases());
        }
        return aliases;
    }
}
