package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.model.PortMapping;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ports that a client wants published: {@code {"80/tcp": [{"HostIp": "", "HostPort": "8080"}]}}. */
final class CreatedPorts {
    private CreatedPorts() {}

    /** With {@code PublishAllPorts}, those that are exposed get free ports of the host. */
    static List<PortMapping> read(JsonObject asked, JsonObject host) {
        List<PortMapping> ports = new ArrayList<>();
        JsonObject bindings = CreatedService.object(host, "PortBindings");
        Set<String> named = new LinkedHashSet<>(bindings.members().keySet());
        for (String port : named) {
            List<JsonObject> places = bindings.members().get(port) == null ? List.of() : bindings.objects(port);
            if (places.isEmpty()) {
                ports.add(mapping(port, null, null));
            }
            places.forEach(place -> ports.add(
                    mapping(port, textOrNull(place.string("HostIp", "")), textOrNull(place.string("HostPort", "")))));
        }
        if (host.flag("PublishAllPorts")) {
            CreatedService.object(asked, "ExposedPorts").members().keySet().stream()
                    .filter(port -> !named.contains(port))
                    .forEach(port -> ports.add(mapping(port, null, null)));
        }
        return ports;
    }

    private static @Nullable String textOrNull(String text) {
        return text.isEmpty() || text.equals("0") ? null : text;
    }

    private static PortMapping mapping(String port, @Nullable String hostIp, @Nullable String published) {
        int slash = port.indexOf('/');
        String number = slash < 0 ? port : port.substring(0, slash);
        try {
            return new PortMapping(
                    null,
                    "ingress",
                    hostIp,
                    Integer.parseInt(number),
                    published,
                    slash < 0 ? "tcp" : port.substring(slash + 1),
                    null);
        } catch (NumberFormatException e) {
            throw new EngineException(EngineException.Kind.INVALID, "invalid port \"%s\"".formatted(port), e);
        }
    }
}
