package dev.jcompose.engine.assemble;

import dev.jcompose.model.PortMapping;
import dev.jcompose.model.Service;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port that a container offers to its networks, published or not.
 *
 * @param protocol as {@code tcp}
 */
public record ExposedPort(int number, String protocol) implements Comparable<ExposedPort> {
    /** {@code 80}, {@code 53/udp}, {@code 3000-3005/tcp}. */
    private static final Pattern ENTRY = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?(?:/(\\w+))?");

    /**
     * Those of the image, those of {@code expose}, and the container's side of those that are published.
     *
     * @param ofImage {@code PORT/PROTOCOL}
     */
    public static Set<ExposedPort> of(Service service, Collection<String> ofImage) {
        Set<ExposedPort> ports = new TreeSet<>();
        ofImage.forEach(entry -> add(entry, ports));
        service.expose().forEach(entry -> add(entry, ports));
        for (PortMapping port : service.ports()) {
            ports.add(new ExposedPort(port.target(), port.protocol()));
        }
        return ports;
    }

    private static void add(String entry, Set<ExposedPort> ports) {
        Matcher parts = ENTRY.matcher(entry);
        if (!parts.matches()) {
            return;
        }
        int first = Integer.parseInt(parts.group(1));
        int last = parts.group(2) == null ? first : Integer.parseInt(parts.group(2));
        String protocol = parts.group(3) == null ? "tcp" : parts.group(3);
        for (int port = first; port <= last; port++) {
            ports.add(new ExposedPort(port, protocol));
        }
    }

    @Override
    public int compareTo(ExposedPort other) {
        return number == other.number ? protocol.compareTo(other.protocol) : Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return number + "/" + protocol;
    }
}
