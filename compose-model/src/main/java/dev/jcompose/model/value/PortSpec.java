package dev.jcompose.model.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One port of the short syntax {@code [[IP:]HOST:]CONTAINER[/PROTOCOL]}.
 *
 * @param hostIp address on the host, without brackets; null for all
 * @param published port or range on the host; null for any
 * @param target port in the container
 * @param protocol lower case
 */
public record PortSpec(@Nullable String hostIp, @Nullable String published, int target, String protocol) {
    private static final int MAX_PORT = 65_535;

    /**
     * A range of ports, both ends included.
     *
     * @param first the first
     * @param last the last
     */
    private record Range(int first, int last) {
        int size() {
            return last - first;
        }
    }

    /**
     * Parses the short syntax; a range in the container gives several ports.
     *
     * @throws IllegalArgumentException for another form; the message is the reference's
     */
    public static List<PortSpec> parse(String spec) {
        String[] parts = spec.split(":", -1);
        int count = parts.length;
        String container = parts[count - 1];
        String host = count < 2 ? "" : parts[count - 2];
        String ip = count < 3 ? "" : address(String.join(":", List.of(parts).subList(0, count - 2)));
        int slash = container.indexOf('/');
        String protocol = slash < 0 ? "" : container.substring(slash + 1).split("/", -1)[0];
        String ports = slash < 0 ? container : container.substring(0, slash);
        if (ports.isEmpty()) {
            throw new IllegalArgumentException("No port specified: " + spec + "<empty>");
        }
        Range target = range(ports, "Invalid containerPort: ");
        Range published = host.isEmpty() ? null : range(host, "Invalid hostPort: ");
        if (published != null && target.size() != published.size() && target.size() != 0) {
            throw new IllegalArgumentException(
                    "Invalid ranges specified for container and host Ports: " + ports + " and " + host);
        }
        String lower = protocol.isEmpty() ? "tcp" : protocol.toLowerCase(Locale.ROOT);
        if (!lower.equals("tcp") && !lower.equals("udp") && !lower.equals("sctp")) {
            throw new IllegalArgumentException("Invalid proto: " + protocol);
        }
        List<PortSpec> specs = new ArrayList<>();
        for (int i = 0; i <= target.size(); i++) {
            specs.add(new PortSpec(ip.isEmpty() ? null : ip, published(published, target, i), target.first + i, lower));
        }
        return specs;
    }

    private static @Nullable String published(@Nullable Range published, Range target, int offset) {
        if (published == null) {
            return null;
        }
        return target.size() == 0 && published.size() != 0
                ? published.first + "-" + published.last
                : String.valueOf(published.first + offset);
    }

    private static Range range(String text, String problem) {
        int dash = text.indexOf('-');
        int first = port(dash < 0 ? text : text.substring(0, dash), text, problem);
        int last = dash < 0 ? first : port(text.substring(dash + 1), text, problem);
        if (last < first) {
            throw new IllegalArgumentException(problem + text);
        }
        return new Range(first, last);
    }

    private static int port(String digits, String text, String problem) {
        int value = 0;
        for (int i = 0; i < digits.length() && value <= MAX_PORT; i++) {
            int digit = digits.charAt(i) - '0';
            value = digit < 0 || digit > 9 ? MAX_PORT + 1 : value * 10 + digit;
        }
        if (digits.isEmpty() || value > MAX_PORT) {
            throw new IllegalArgumentException(problem + text);
        }
        return value;
    }

    private static String address(String text) {
        String ip = text;
        if (text.startsWith("[") && text.endsWith("]")) {
            ip = text.substring(1, text.length() - 1);
        } else if (text.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "Invalid ip address: " + text + ": too many colons in address; an IPv6 address needs brackets");
        }
        if (!ip.isEmpty() && !IpText.isAddress(ip)) {
            throw new IllegalArgumentException("Invalid ip address: " + ip);
        }
        return ip;
    }
}
