package dev.jcompose.engine.core;

import dev.jcompose.engine.api.DnsOperations;
import dev.jcompose.engine.api.DnsReport;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.lifecycle.Namespaces;
import dev.jcompose.network.dns.DnsEndpoint;
import dev.jcompose.network.dns.DnsExplanation;
import java.io.IOException;
import java.util.Optional;

/** Asks for a name as a container would. */
final class DnsCommand implements DnsOperations {
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
            return new DnsReport(container.config().name(), explained.code(), explained.records(), explained.reasons());
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
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
