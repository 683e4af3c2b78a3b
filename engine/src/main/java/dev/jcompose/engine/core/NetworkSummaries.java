package dev.jcompose.engine.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.NetworkSummary;
import dev.jcompose.engine.network.NetworkRecord;
import dev.jcompose.engine.network.NetworkRegistry;
import dev.jcompose.network.bridge.AssignedAddress;
import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.bridge.NetworkSpec;
import dev.jcompose.network.ipam.IpamPool;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What is shown of networks. */
final class NetworkSummaries {
    private final NetworkRegistry networks;

    NetworkSummaries(NetworkRegistry networks) {
        this.networks = networks;
    }

    /** All, by name, with those that are always there. */
    List<NetworkSummary> all() {
        List<NetworkSummary> all = new ArrayList<>();
        all.add(predefined("host", "host"));
        all.add(predefined("none", "null"));
        networks.records().forEach(record -> all.add(summary(record)));
        if (all.stream().noneMatch(network -> network.name().equals("bridge"))) {
            all.add(predefined("bridge", "bridge"));
        }
        all.sort(Comparator.comparing(NetworkSummary::name));
        return all;
    }

    private static NetworkSummary predefined(String name, String driver) {
        boolean bridge = driver.equals("bridge");
        return new NetworkSummary(
                id(name),
                name,
                "",
                Instant.EPOCH,
                driver,
                false,
                false,
                bridge,
                false,
                List.of(),
                Map.of(),
                Map.of(),
                List.of());
    }

    private NetworkSummary summary(NetworkRecord record) {
        NetworkSpec spec = record.network().spec();
        return new NetworkSummary(
                id(record),
                record.name(),
                record.project(),
                record.createdAt(),
                spec.driver().toString(),
                spec.internal(),
                record.attachable(),
                spec.enableIpv4(),
                spec.enableIpv6(),
                record.network().pools().stream().map(NetworkSummaries::pool).toList(),
                spec.driverOpts(),
                spec.labels(),
                networks.attachments(record).stream()
                        .map(attachment -> endpoint(record, attachment))
                        .sorted(Comparator.comparing(NetworkSummary.Endpoint::name))
                        .toList());
    }

    private static NetworkSummary.Pool pool(IpamPool pool) {
        Map<String, String> auxiliary = new HashMap<>();
        pool.auxAddresses().forEach((name, address) -> auxiliary.put(name, address.toString()));
        return new NetworkSummary.Pool(
                pool.subnet().toString(),
                pool.ipRange() == null ? "" : pool.ipRange().toString(),
                pool.gatewayOrFirst().toString(),
                auxiliary);
    }

    private static NetworkSummary.Endpoint endpoint(NetworkRecord record, Attachment attachment) {
        return new NetworkSummary.Endpoint(
                id(record.network().spec().id() + attachment.hostInterface()),
                attachment.containerId(),
                attachment.containerName(),
                attachment.mac().toString(),
                address(attachment, false),
                address(attachment, true));
    }

    private static String address(Attachment attachment, boolean v6) {
        return attachment.addresses().stream()
                .filter(assigned -> assigned.address().v6() == v6)
                .map(AssignedAddress::toString)
                .findFirst()
                .orElse("");
    }

    private static String id(NetworkRecord record) {
        return id(record.network().spec().id() + "@" + record.createdAt());
    }

    private static String id(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
