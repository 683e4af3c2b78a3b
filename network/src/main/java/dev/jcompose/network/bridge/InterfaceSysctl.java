package dev.jcompose.network.bridge;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel setting of one interface of a container, as the endpoint option {@code com.docker.network.endpoint.sysctls}
 * has it: {@code net.ipv4.conf.IFNAME.log_martians=1}.
 *
 * @param family {@code ipv4}, {@code ipv6} or {@code mpls}
 * @param group {@code conf} or {@code neigh}
 * @param setting the name of the file
 */
public record InterfaceSysctl(String family, String group, String setting, String value) {
    private static final Pattern FORM =
            Pattern.compile("net\\.(ipv4|ipv6|mpls)\\.(conf|neigh)\\.IFNAME\\.([a-z0-9_]+)=(.*)");

    /**
     * Reads a list with commas between.
     *
     * @throws IllegalArgumentException for an entry of another form
     */
    public static List<InterfaceSysctl> parse(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(InterfaceSysctl::parseOne)
                .toList();
    }

    private static InterfaceSysctl parseOne(String entry) {
        Matcher matcher = FORM.matcher(entry);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "com.docker.network.endpoint.sysctls: \"%s\" is not of the form net.ipv4.conf.IFNAME.setting=value"
                            .formatted(entry));
        }
        return new InterfaceSysctl(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4));
    }

    /** Where the kernel has it, for that interface. */
    String path(String interfaceName) {
        return String.join("/", "/proc/sys/net", family, group, interfaceName, setting);
    }
}
