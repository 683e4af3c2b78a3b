package dev.jcompose.engine.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.jcompose.engine.api.DnsOperations;
import dev.jcompose.engine.api.DnsReport;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.lifecycle.Namespaces;
import dev.jcompose.network.dns.DnsEndpoint;
import dev.jcompose.network.dns.DnsExplanation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Asks for a name as a container would. */
final class DnsCommand implements DnsOperations {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final int HOSTS_BYTES = 1 << 20;

    private final EngineParts parts;

    DnsCommand(EngineParts parts) {
        this.parts = parts;
    }

    @Override
    public DnsReport resolve(String reference, String name, String type) {
        Container container = parts.table().find(reference);
        if (!container.status().isAlive()) {
            throw new EngineException(Kind.CONFLICT, "container " + container + " is not running");
        }
        DnsEndpoint endpoint = endpoint(container)
                .orElseThrow(() -> new EngineException(
                        Kind.CONFLICT,
                        "container " + container + " is on no network of ours: whom it asks is in its resolv.conf"));
        try {
            DnsExplanation explained = endpoint.explain(name, type);
            List<String> reasons = new ArrayList<>(explained.reasons());
            reasons.addAll(inHosts(container, name));
            return new DnsReport(container.config().name(), explained.code(), explained.records(), reasons);
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    /** What the container's hosts file has for the name: who asks by the C library finds that first. */
    private static List<String> inHosts(Container container, String name) throws IOException {
        String wanted = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        List<String> addresses = new ArrayList<>();
        String text;
        try (InputStream hosts = Files.newInputStream(container.files().hosts())) {
            // It is the container's to write.
            text = new String(hosts.readNBytes(HOSTS_BYTES), ISO_8859_1);
        }
        for (String line : text.lines().toList()) {
            List<String> words = List.of(BLANKS.split(line));
            if (words.stream().skip(1).anyMatch(wanted::equalsIgnoreCase)) {
                addresses.add(words.get(0));
            }
        }
        return addresses.isEmpty()
                ? List.of()
                : List.of("its /etc/hosts, where most programs look first, has \"%s\": %s"
                        .formatted(wanted, String.join(", ", addresses)));
    }

    /** Of a container that shares somebody's network, the owner's. */
    private Optional<DnsEndpoint> endpoint(Container container) {
        Optional<DnsEndpoint> own =
                parts.supervisor().live(container).map(live -> live.connection().dns());
        return own.isPresent()
                ? own
                : new Namespaces(parts.table())
                        .networkOwner(container)
                        .filter(owner -> !owner.equals(container))
                        .flatMap(this::endpoint);
    }
}
