package dev.jcompose.model.bind;

import dev.jcompose.model.node.MappingNode;
import dev.jcompose.model.node.Node;
import dev.jcompose.model.node.SequenceNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Binds {@code extra_hosts}: a list of {@code host=address} or {@code host:address}, or a mapping. */
final class HostsBinder {
    private HostsBinder() {}

    static Map<String, List<String>> hosts(Fields fields, String key) {
        Map<String, List<String>> hosts = new LinkedHashMap<>();
        Node node = fields.node(key);
        if (node instanceof MappingNode mapping) {
            mapping.entries().forEach((host, entry) -> {
                Node value = entry.value();
                List<Node> addresses = value instanceof SequenceNode list ? list.items() : List.of(value);
                addresses.forEach(address -> add(fields, key, hosts, host, String.valueOf(address.plain())));
            });
        } else {
            for (String text : fields.strings(key)) {
                int equals = text.indexOf('=');
                int separator = equals >= 0 ? equals : text.indexOf(':');
                if (separator < 0) {
                    fields.error(key, "invalid additional host, missing IP: " + text);
                } else {
                    add(fields, key, hosts, text.substring(0, separator), text.substring(separator + 1));
                }
            }
        }
        return hosts;
    }

    private static String withoutBrackets(String ip) {
        return ip.startsWith("[") && ip.endsWith("]") ? ip.substring(1, ip.length() - 1) : ip;
    }

    private static void add(Fields fields, String key, Map<String, List<String>> hosts, String host, String address) {
        String name = host.strip();
        String ip = address.strip();
        if (name.isEmpty() || name.indexOf(':') >= 0) {
            fields.error(key, "bad host name '" + name + "'");
            return;
        }
        List<String> addresses = hosts.computeIfAbsent(name, unused -> new ArrayList<>());
        for (String each : ip.split(",", -1)) {
            addresses.add(withoutBrackets(each.strip()));
        }
    }
}
