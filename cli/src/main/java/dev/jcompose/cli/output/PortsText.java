package dev.jcompose.cli.output;

import dev.jcompose.engine.api.ContainerSummary.Publisher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The PORTS column: {@code 0.0.0.0:8080->80/tcp, 5432/tcp}; neighbours with equal numbers become ranges. */
public final class PortsText {
    private static final Comparator<Publisher> ORDER = Comparator.comparingInt(Publisher::targetPort)
            .thenComparing(Publisher::url)
            .thenComparingInt(Publisher::publishedPort)
            .thenComparing(Publisher::protocol);

    private PortsText() {}

    /** A range on one address with one protocol. */
    private record Range(String address, String protocol, int first, int last) {
        static Range of(Publisher port) {
            return new Range(port.url(), port.protocol(), port.targetPort(), port.targetPort());
        }

        @Override
        public String toString() {
            String ports = first == last ? Integer.toString(first) : first + "-" + last;
            String mapping = address.isEmpty() ? ports : host(address, ports) + "->" + ports;
            return mapping + "/" + protocol;
        }
    }

    /** The text, empty without ports. */
    public static String of(List<Publisher> ports) {
        List<String> texts = new ArrayList<>();
        List<String> mapped = new ArrayList<>();
        Map<String, Range> ranges = new LinkedHashMap<>();
        for (Publisher port : ports.stream().sorted(ORDER).toList()) {
            if (!port.url().isEmpty() && port.publishedPort() != port.targetPort()) {
                String host = host(port.url(), Integer.toString(port.publishedPort()));
                mapped.add("%s->%d/%s".formatted(host, port.targetPort(), port.protocol()));
                continue;
            }
            String key = port.url() + "/" + port.protocol();
            Range range = ranges.get(key);
            if (range != null && port.targetPort() == range.last() + 1) {
                ranges.put(key, new Range(port.url(), port.protocol(), range.first(), port.targetPort()));
            } else {
                if (range != null) {
                    texts.add(range.toString());
                }
                ranges.put(key, Range.of(port));
            }
        }
        ranges.values().forEach(range -> texts.add(range.toString()));
        texts.addAll(mapped);
        return String.join(", ", texts);
    }

    private static String host(String address, String port) {
        return address.contains(":") ? "[%s]:%s".formatted(address, port) : address + ":" + port;
    }
}
