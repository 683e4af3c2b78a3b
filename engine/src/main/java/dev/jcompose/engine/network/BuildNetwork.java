package dev.jcompose.engine.network;

import dev.jcompose.linux.Linux;
import dev.jcompose.model.Ipam;
import dev.jcompose.model.Network;
import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.bridge.AttachmentSpec;
import dev.jcompose.network.bridge.ContainerNetwork;
import dev.jcompose.network.bridge.Endpoint;
import dev.jcompose.network.bridge.Networks;
import dev.jcompose.network.dns.DnsEndpoint;
import dev.jcompose.network.dns.DnsServer;
import dev.jcompose.network.dns.DnsView;
import dev.jcompose.network.dns.HostResolvers;
import dev.jcompose.runtime.NetworkNamespaces;
import dev.jcompose.runtime.PreparedNetwork;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The network of commands that builds run: a bridge that is there while one of them runs. Thread-safe. */
public final class BuildNetwork {
    private static final Logger log = LoggerFactory.getLogger(BuildNetwork.class);
    private static final String NAME = "jcompose_build";

    private final Linux linux;
    private final NetworkNamespaces namespaces;
    private final String engineId;
    private final Networks networks;
    private final DnsServer dns;
    private final HostResolvers resolvers;
    private @Nullable ContainerNetwork network;
    private int users;

    /**
     * @param namespaces with {@link ContainerSockets}
     * @param engineId part of the network's id, so that two engines never make the same bridge
     */
    public BuildNetwork(
            Linux linux,
            NetworkNamespaces namespaces,
            String engineId,
            Networks networks,
            DnsServer dns,
            HostResolvers resolvers) {
        this.linux = linux;
        this.namespaces = namespaces;
        this.engineId = engineId;
        this.networks = networks;
        this.dns = dns;
        this.resolvers = resolvers;
    }

    /** The {@code resolv.conf} of a command. */
    public String resolvConf() throws IOException {
        return resolvers.current().forContainer(List.of(), List.of()).format();
    }

    /** A command's place in the network. */
    public final class Place implements AutoCloseable {
        private final List<Attachment> attachments;
        private final DnsEndpoint endpoint;

        private Place(List<Attachment> attachments, DnsEndpoint endpoint) {
            this.attachments = attachments;
            this.endpoint = endpoint;
        }

        /** To be called when the command has ended: its interface goes with it. */
        @Override
        public void close() {
            endpoint.close();
            attachments.forEach(networks::release);
            leave();
        }
    }

    /** Where a command begins, for {@link #connect}; the caller closes it. */
    public PreparedNetwork prepare() throws IOException {
        return namespaces.take();
    }

    /**
     * Gives a command that waits at the gate an interface, a way out, and DNS.
     *
     * @param prepared where it begins
     */
    public Place connect(String id, PreparedNetwork prepared) throws IOException {
        ContainerNetwork bridge = enter();
        ContainerSockets sockets = ContainerSockets.of(linux, prepared);
        List<Attachment> attachments = List.of();
        try {
            AttachmentSpec spec = AttachmentSpec.of(id, id, "eth0", true);
            attachments =
                    networks.attachAll(List.of(new Endpoint(bridge, spec)), prepared.namespace(), sockets.netlink());
            DnsView view = DnsView.of(List.of()).withForwarding(true, true);
            return new Place(attachments, dns.open(sockets.udp(), sockets.tcp(), view));
        } catch (IOException | RuntimeException e) {
            attachments.forEach(networks::release);
            leave();
            throw e;
        }
    }

    private synchronized ContainerNetwork enter() throws IOException {
        ContainerNetwork there = network;
        if (there == null) {
            Network build = new Network(
                    "build", NAME, null, Map.of(), false, false, false, null, null, Ipam.NONE, Map.of(), Map.of());
            there = networks.create(NetworkSpecs.of(engineId + "/" + NAME, "", build, Map.of()));
            network = there;
        }
        users++;
        return there;
    }

    private synchronized void leave() {
        ContainerNetwork there = network;
        if (--users == 0 && there != null) {
            network = null;
            try {
                networks.remove(there);
            } catch (IOException e) {
                log.warn("cannot remove the network of builds: {}", e.getMessage());
            }
        }
    }
}
