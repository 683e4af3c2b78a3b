package dev.jcompose.network.firewall;

import dev.jcompose.network.NetworkException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the host passes packets on between its interfaces: switched on for the first network that needs it, and back
 * when the last one goes, if it was this that switched it on. The host's settings before that are kept in a file, so
 * that another engine finds them; it belongs into a directory that a restart of the machine empties. Not thread-safe.
 *
 * @see <a href="https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html">IP sysctl</a>
 */
public final class Forwarding {
    private static final Logger log = LoggerFactory.getLogger(Forwarding.class);
    private static final Path NET = Path.of("/proc/sys/net");
    private static final String IPV4 = "ipv4/ip_forward";
    private static final String IPV6 = "ipv6/conf/all/forwarding";

    private final @Nullable Path memory;
    private Map<String, String> before = Map.of();

    /** @param memory the file, which need not exist; null to remember it for as long as this object lives only */
    public Forwarding(@Nullable Path memory) {
        this.memory = memory;
    }

    /** Whether the host passes on IPv4 packets now. */
    public static boolean isOn() {
        try {
            return read(IPV4).equals("1");
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Switches it on, where it is off.
     *
     * @param ipv6 also for IPv6; an interface that learns its routes from routers is told to go on with that, which a
     *     host that forwards would else give up
     */
    public void on(boolean ipv6) throws NetworkException {
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put(IPV4, "1");
        try {
            if (ipv6 && !read(IPV6).equals("1")) {
                for (String setting : acceptingRoutes()) {
                    wanted.put(setting, "2");
                }
                wanted.put(IPV6, "1");
            }
            Map<String, String> settings = remembered();
            Map<String, String> changes = new LinkedHashMap<>();
            for (Map.Entry<String, String> entry : wanted.entrySet()) {
                String now = read(entry.getKey());
                if (!now.equals(entry.getValue())) {
                    settings.putIfAbsent(entry.getKey(), now);
                    changes.put(entry.getKey(), entry.getValue());
                }
            }
            if (!changes.isEmpty()) {
                remember(settings);
                for (Map.Entry<String, String> change : changes.entrySet()) {
                    Files.writeString(NET.resolve(change.getKey()), change.getValue());
                }
                log.info("switched on {}: containers could not reach other hosts without it", changes.keySet());
            }
        } catch (IOException e) {
            throw new NetworkException("cannot switch on net.ipv4.ip_forward: " + e.getMessage(), e);
        }
    }

    /**
     * Switches back what {@link #on} switched.
     *
     * @param needed whether somebody else may rely on it by now; then it stays on for ever
     */
    public void off(boolean needed) throws NetworkException {
        try {
            List<Map.Entry<String, String>> settings =
                    new ArrayList<>(remembered().entrySet());
            if (settings.isEmpty()) {
                return;
            }
            Collections.reverse(settings);
            for (Map.Entry<String, String> entry : settings) {
                Path setting = NET.resolve(entry.getKey());
                if (!needed && Files.exists(setting)) {
                    Files.writeString(setting, entry.getValue());
                }
            }
            remember(Map.of());
            log.info(needed ? "forwarding stays on: other interfaces may need it" : "switched forwarding off again");
        } catch (IOException e) {
            throw new NetworkException("cannot switch net.ipv4.ip_forward back: " + e.getMessage(), e);
        }
    }

    private static List<String> acceptingRoutes() throws IOException {
        List<String> settings = new ArrayList<>();
        try (DirectoryStream<Path> interfaces = Files.newDirectoryStream(NET.resolve("ipv6/conf"))) {
            for (Path link : interfaces) {
                String setting = "ipv6/conf/" + link.getFileName() + "/accept_ra";
                if (!Set.of("all", "default").contains(link.getFileName().toString())
                        && read(setting).equals("1")) {
                    settings.add(setting);
                }
            }
        }
        return settings;
    }

    /** One line for each setting: its path, a blank, the value that it had. */
    private Map<String, String> remembered() throws IOException {
        Map<String, String> settings = new LinkedHashMap<>(before);
        if (memory != null && Files.exists(memory)) {
            for (String line : Files.readAllLines(memory)) {
                int blank = line.indexOf(' ');
                if (blank > 0) {
                    settings.put(line.substring(0, blank), line.substring(blank + 1));
                }
            }
        }
        return settings;
    }

    private void remember(Map<String, String> settings) throws IOException {
        before = new LinkedHashMap<>(settings);
        if (memory == null) {
            return;
        }
        if (settings.isEmpty()) {
            Files.deleteIfExists(memory);
            return;
        }
        StringBuilder text = new StringBuilder();
        settings.forEach((setting, value) ->
                text.append(setting).append(' ').append(value).append('\n'));
        Files.writeString(memory, text);
    }

    private static String read(String setting) throws IOException {
        return Files.readString(NET.resolve(setting)).strip();
    }
}
