package dev.jcompose.network.bridge;

import dev.jcompose.linux.netlink.NetworkNamespace;
import dev.jcompose.linux.netlink.RtNetlink;
import dev.jcompose.network.NetworkException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which containers are on the networks of an engine, and how. Thread-safe: containers are attached in parallel. */
final class Attachments {
    private final Map<String, ActiveNetwork> active;
    private final OwnLinks own;
    private final Cables cables;

    /** @param active the networks that there are, by their ids; a view */
    Attachments(Map<String, ActiveNetwork> active, OwnLinks own, Cables cables) {
        this.active = active;
        this.own = own;
        this.cables = cables;
    }

    /** See {@link Networks#attachAll(List, int)}. */
    List<Attachment> attachAll(List<Endpoint> endpoints, int netnsPid) throws IOException {
        return attachAll(endpoints, null, made -> cables.connect(netnsPid, made));
    }

    /** See {@link Networks#attachAll(List, NetworkNamespace, RtNetlink)}. */
    List<Attachment> attachAll(List<Endpoint> endpoints, NetworkNamespace namespace, RtNetlink inside)
            throws IOException {
        SpareCable spare = SpareCable.find(inside, endpoints.get(0).network());
        return attachAll(endpoints, spare, made -> cables.connect(namespace, made, inside));
    }

    @FunctionalInterface
    private interface Connecting {
        void connect(List<Cable> cables) throws IOException;
    }

    /** @param spare for the first of them */
    private List<Attachment> attachAll(List<Endpoint> endpoints, @Nullable SpareCable spare, Connecting connecting)
            throws IOException {
        List<Cable> made = new ArrayList<>();
        try {
            for (Endpoint endpoint : endpoints) {
                ActiveNetwork network = find(endpoint.network());
                AttachmentSpec spec = endpoint.spec();
                String networkId = endpoint.network().spec().id();
                SpareCable laid = made.isEmpty() ? spare : null;
                String end =
                        laid != null ? laid.hostInterface() : Cables.newHostInterface(spec.containerId() + networkId);
                Attachment attachment = network.assign(spec, end);
                int group = own.group(networkId);
                made.add(new Cable(network.network(), network.linkIndex(), group, spec, attachment, laid));
            }
            connecting.connect(made);
        } catch (IOException | RuntimeException e) {
            made.forEach(cable -> release(cable.attachment()));
            throw e;
        }
        return made.stream().map(Cable::attachment).toList();
    }

    /** See {@link Networks#detach}. */
    void detach(Attachment attachment, int netnsPid) throws IOException {
        cables.remove(netnsPid, attachment.interfaceName());
        release(attachment);
    }

    /** See {@link Networks#leadOutside}. */
    List<Attachment> leadOutside(List<Attachment> attachments, Outside outside, int netnsPid) throws IOException {
        List<Attachment> changed = new ArrayList<>();
        for (Attachment attachment : attachments) {
            ActiveNetwork network = active.get(attachment.networkId());
            changed.add(network == null ? attachment : network.route(attachment, outside));
        }
        for (Attachment attachment : changed) {
            ActiveNetwork network = active.get(attachment.networkId());
            if (network != null && attachment.isGateway()) {
                cables.route(netnsPid, network.network(), attachment);
            }
        }
        for (Attachment attachment : changed) {
            ActiveNetwork network = active.get(attachment.networkId());
            if (network != null) {
                network.replace(attachment);
            }
        }
        return changed;
    }

    /** See {@link Networks#release}. */
    void release(Attachment attachment) {
        ActiveNetwork network = active.get(attachment.networkId());
        if (network != null) {
            network.release(attachment);
        }
    }

    /** See {@link Networks#remember}. */
    void remember(Attachment attachment) {
        ActiveNetwork network = active.get(attachment.networkId());
        if (network != null) {
            network.remember(attachment);
        }
    }

    /** Takes over what an engine before this one made, as far as its network is there. */
    void restore(List<Attachment> attachments) throws NetworkException {
        for (Attachment attachment : attachments) {
            ActiveNetwork network = active.get(attachment.networkId());
            if (network != null) {
                network.restore(attachment);
            }
        }
    }

    /** Who is on a network. */
    List<Attachment> of(ContainerNetwork network) {
        ActiveNetwork known = active.get(network.spec().id());
        return known == null ? List.of() : known.attachments();
    }

    /** See {@link Networks#requireUnused}. */
    void requireUnused(ContainerNetwork network) throws NetworkException {
        List<String> users =
                of(network).stream().map(Attachment::containerName).sorted().toList();
        if (!users.isEmpty()) {
            throw new NetworkException(
                    "network \"%s\" is in use by %s".formatted(network.spec().name(), users));
        }
    }

    private ActiveNetwork find(ContainerNetwork network) throws NetworkException {
        ActiveNetwork known = active.get(network.spec().id());
        if (known == null) {
            throw new NetworkException(
                    "network \"%s\" does not exist".formatted(network.spec().name()));
        }
        return known;
    }
}
