package dev.jcompose.engine.network;

import dev.jcompose.engine.assemble.HostsFile;
import dev.jcompose.engine.assemble.SpecAssembler;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.state.TextFile;
import dev.jcompose.model.Dns;
import dev.jcompose.model.Service;
import dev.jcompose.network.dns.HostResolvers;
import dev.jcompose.network.dns.ResolvConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A container's {@code /etc/hosts}, {@code /etc/hostname} and {@code /etc/resolv.conf}. Written in place: the container
 * has them mounted one by one, and would not see a file that took their name.
 */
final class EtcFiles {
    private static final Path HOST_HOSTS = Path.of("/etc/hosts");
    private static final List<String> LOOPBACK = List.of("127.0.0.1");

    private final HostResolvers resolvers;
    private final Function<Container, Optional<Container>> networkOwner;

    /** @param networkOwner the container whose network one shares */
    EtcFiles(HostResolvers resolvers, Function<Container, Optional<Container>> networkOwner) {
        this.resolvers = resolvers;
        this.networkOwner = networkOwner;
    }

    /**
     * Writes all of them.
     *
     * @param addresses of the container's interfaces
     * @param host the host as the container sees it, of each family that it sees it by
     */
    void write(Container container, List<String> addresses, List<String> host) throws IOException {
        Files.createDirectories(container.files().run());
        String hostname = SpecAssembler.hostname(container.config(), container.service());
        TextFile.write(container.files().hostname(), hostname + "\n");
        TextFile.write(
                container.files().hosts(), hosts(container, names(container.service(), hostname), addresses, host));
        writeResolvConf(container);
    }

    /** Who shares a network has the same file: a VPN that changes its own means those that go through it, too. */
    private void writeResolvConf(Container container) throws IOException {
        Path file = container.files().resolvConf();
        Optional<Container> owner =
                NetworkMode.of(container) == NetworkMode.SHARED ? networkOwner.apply(container) : Optional.empty();
        if (owner.isPresent()) {
            Files.deleteIfExists(file);
            Files.createLink(file, owner.get().files().resolvConf());
        } else {
            TextFile.write(file, resolvConf(container));
        }
    }

    private static String names(Service service, String hostname) {
        String domain = service.domainname();
        return domain == null || domain.isEmpty() ? hostname : hostname + "." + domain + " " + hostname;
    }

    private String hosts(Container container, String names, List<String> addresses, List<String> host)
            throws IOException {
        Dns dns = container.service().dns();
        switch (NetworkMode.of(container)) {
            case HOST -> {
                String own = Files.isReadable(HOST_HOSTS) ? Files.readString(HOST_HOSTS) : HostsFile.LOCALHOST;
                return own + HostsFile.extra(dns.extraHosts(), LOOPBACK);
            }
            case SHARED -> {
                Optional<Container> owner = networkOwner.apply(container);
                if (owner.isEmpty()) {
                    return HostsFile.of(List.of(), names, dns.extraHosts(), List.of());
                }
                List<String> shared = owner.get().status().attachments().stream()
                        .flatMap(attachment -> attachment.addresses().stream())
                        .map(assigned -> assigned.address().toString())
                        .toList();
                return Files.readString(owner.get().files().hosts())
                        + HostsFile.extra(dns.extraHosts(), host)
                        + HostsFile.own(shared, names);
            }
            default -> {
                return HostsFile.of(addresses, names, dns.extraHosts(), host);
            }
        }
    }

    private String resolvConf(Container container) throws IOException {
        Dns dns = container.service().dns();
        switch (NetworkMode.of(container)) {
            case OWN -> {
                return resolvers
                        .current()
                        .forContainer(dns.search(), dns.options())
                        .format();
            }
            case SHARED -> {
                return resolvers.current().format();
            }
            default -> {
                boolean asIs = dns.servers().isEmpty()
                        && dns.search().isEmpty()
                        && dns.options().isEmpty();
                return asIs
                        ? resolvers.text()
                        : withOwn(resolvers.current(), dns).format();
            }
        }
    }

    /** The host's file with what the service says instead: nobody answers at 127.0.0.11 there. */
    private static ResolvConf withOwn(ResolvConf host, Dns dns) {
        List<String> search = dns.search().isEmpty() ? host.search() : dns.search();
        return new ResolvConf(
                dns.servers().isEmpty() ? host.nameservers() : dns.servers(),
                search.equals(List.of(".")) ? List.of() : search,
                dns.options().isEmpty() ? host.options() : dns.options());
    }
}
