package dev.jcompose.engine.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.container.Container;
import dev.jcompose.model.ServiceNetwork;
import dev.jcompose.network.bridge.AssignedAddress;
import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.bridge.Networks;
import dev.jcompose.network.bridge.Outside;
import dev.jcompose.network.dns.DnsEndpoint;
import dev.jcompose.network.dns.DnsServer;
import dev.jcompose.network.dns.DnsView;
import dev.jcompose.network.firewall.PublishedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Changes which networks a container is on while it runs. The caller holds the container's lock. */
final class RunningConnections {
    private final Networks networks;
    private final EndpointChoice endpoints;
    private final PortAssigner ports;
    private final DnsServer dns;
    private final NameTable names;
    private final Predicate<String> internal;
    private final Predicate<String> publishes;

    /**
     * @param internal whether a network of that name has no way out
     * @param publishes whether ports of the host can lead to a network of that name
     */
    RunningConnections(
            Networks networks,
            EndpointChoice endpoints,
            PortAssigner ports,
            DnsServer dns,
            NameTable names,
            Predicate<String> internal,
            Predicate<String> publishes) {
        this.networks = networks;
        this.endpoints = endpoints;
        this.ports = ports;
        this.dns = dns;
        this.names = names;
        this.internal = internal;
        this.publishes = publishes;
    }

    /**
     * Gives a container one more interface.
     *
     * @throws IOException naming what failed; the container is as it was
     */
    Connection join(Container container, Connection now, int pid, String network, ServiceNetwork settings)
            throws IOException {
        Attachment made = networks.attachAll(
                        List.of(endpoints.further(container, network, settings, now.attachments())), pid)
                .get(0);
        List<Attachment> all = new ArrayList<>(now.attachments());
        all.add(made);
        try {
            Connection changed = rewire(container, now, all, pid);
            String hostname = Files.readString(container.files().hostname()).strip();
            String text = made.addresses().stream()
                    .map(assigned -> assigned.address() + "\t" + hostname + "\n")
                    .collect(Collectors.joining());
            Files.writeString(container.files().hosts(), text, StandardOpenOption.APPEND);
            return changed;
        } catch (IOException | RuntimeException e) {
            takeBack(container, now, made, pid, e);
            throw e;
        }
    }

    private void takeBack(Container container, Connection now, Attachment made, int pid, Exception failure) {
        try {
            networks.detach(made, pid);
            networks.leadOutside(now.attachments(), Outside.of(now.attachments()), pid);
            ports.release(container);
            ports.hold(container, now.ports());
            networks.publish(now.ports());
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Takes the container's interface on a network away; ports and the way outside go over another one, if there is.
     */
    Connection part(Container container, Connection now, int pid, String network) throws IOException {
        Optional<Attachment> gone = now.attachments().stream()
                .filter(attachment -> attachment.networkName().equals(network))
                .findFirst();
        if (gone.isEmpty()) {
            return now;
        }
        List<Attachment> rest = new ArrayList<>(now.attachments());
        rest.remove(gone.get());
        withdraw(container, now.ports());
        networks.detach(gone.get(), pid);
        forgetHost(container.files().hosts(), gone.get());
        return rewire(container, new Connection(rest, List.of(), now.dns()), rest, pid);
    }

    /** Leads the way outside, the ports and the names over the interfaces that there are now. */
    private Connection rewire(Container container, Connection now, List<Attachment> interfaces, int pid)
            throws IOException {
        List<Attachment> attachments = networks.leadOutside(interfaces, endpoints.outside(container), pid);
        List<PublishedPort> published = now.ports();
        if (published.isEmpty() || !Outside.of(attachments).equals(Outside.of(now.attachments()))) {
            withdraw(container, published);
            published = publish(container, attachments);
        }
        return new Connection(attachments, published, dns(container, now, attachments, pid));
    }

    private void withdraw(Container container, List<PublishedPort> published) throws IOException {
        networks.unpublish(published);
        ports.release(container);
    }

    private List<PublishedPort> publish(Container container, List<Attachment> attachments) throws IOException {
        List<PublishedPort> published = ports.assign(
                container,
                attachments.stream()
                        .filter(attachment -> publishes.test(attachment.networkName()))
                        .toList());
        networks.publish(published);
        return published;
    }

    private DnsEndpoint dns(Container container, Connection now, List<Attachment> attachments, int pid)
            throws IOException {
        names.add(container, attachments);
        DnsView view = DnsViews.of(container, attachments, internal);
        DnsEndpoint open = now.dns();
        if (open == null) {
            return dns.open(pid, view);
        }
        open.view(view);
        return open;
    }

    /** In place: the container has the file mounted. */
    private static void forgetHost(Path hosts, Attachment gone) throws IOException {
        List<String> addresses = gone.addresses().stream()
                .map(AssignedAddress::address)
                .map(address -> address + "\t")
                .toList();
        String text = Files.readString(hosts)
                .lines()
                .filter(line -> addresses.stream().noneMatch(line::startsWith))
                .collect(Collectors.joining("\n", "", "\n"));
        Files.write(hosts, text.getBytes(UTF_8));
    }
}
