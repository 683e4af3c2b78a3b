package dev.jcompose.engine.core;

import dev.jcompose.engine.api.DnsOperations;
import dev.jcompose.engine.api.DnsReport;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.EngineException.Kind;
import dev.jcompose.engine.container.Container;
import dev.jcompose.network.dns.DnsEndpoint;
import dev.jcompose.network.dns.DnsExplanation;
import java.io.IOException;

/** Asks for a name as a container would. */
final class DnsCommand implements DnsOperations {
    private final EngineParts parts;

    DnsCommand(EngineParts parts) {
        this.parts = parts;
    }

    @Override
    public DnsReport resolve(String reference, String name, String type) {
        Container container = parts.table().find(reference);
        DnsEndpoint endpoint = parts.supervisor()
                .live(container)
                .map(live -> live.connection().dns())
                .orElseThrow(() -> new EngineException(
                        Kind.CONFLICT,
                        container.status().isAlive()
                                ? "container " + container + " has no network of its own that names could belong to"
                                : "container " + container + " is not running"));
        try {
            DnsExplanation explained = endpoint.explain(name, type);
            return new DnsReport(container.config().name(), explained.code(), explained.records(), explained.reasons());
        } catch (IllegalArgumentException e) {
            throw new EngineException(Kind.INVALID, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new EngineException(Kind.FAILED, String.valueOf(e.getMessage()), e);
        }
    }
}
