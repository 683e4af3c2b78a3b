package dev.jcompose.network.dns;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A resolver configuration.
 *
 * @param nameservers addresses as written, in their order
 * @param search domains that are tried behind a short name; the last {@code search} or {@code domain} line counts
 * @param options as written, for example {@code ndots:2}
 * @see <a href="https://man7.org/linux/man-pages/man5/resolv.conf.5.html">resolv.conf(5)</a>
 */
public record ResolvConf(List<String> nameservers, List<String> search, List<String> options) {
    /** Where a container's resolver finds jcompose. */
    public static final String CONTAINER_NAMESERVER = "127.0.0.11";

    private static final int DNS_PORT = 53;
    private static final int MAX_SERVERS = 3;
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    public ResolvConf {
        nameservers = List.copyOf(nameservers);
        search = List.copyOf(search);
        options = List.copyOf(options);
    }

    /** Reads the text of a resolv.conf; what resolv.conf(5) does not know is passed over. */
    public static ResolvConf parse(String text) {
        List<String> nameservers = new ArrayList<>();
        List<String> search = List.of();
        List<String> options = new ArrayList<>();
        for (String line : text.lines().toList()) {
            List<String> words = List.of(BLANKS.split(line.strip()));
            List<String> values = words.subList(1, words.size());
            switch (words.get(0)) {
                case "nameserver" -> values.stream().limit(1).forEach(nameservers::add);
                case "search", "domain" -> search = values;
                case "options" -> options.addAll(values);
                default -> {}
            }
        }
        return new ResolvConf(nameservers, search, options);
    }

    /**
     * What a container on a Compose network gets when this is the host's: jcompose as its only server, the host's
     * domains and options unless the service has its own, and {@code ndots:0} so that the name of a service is asked
     * for as it is, at once.
     *
     * @param dnsSearch the service's {@code dns_search}; a single {@code .} means no domains at all
     * @param dnsOptions the service's {@code dns_opt}
     */
    public ResolvConf forContainer(List<String> dnsSearch, List<String> dnsOptions) {
        List<String> domains = dnsSearch.isEmpty() ? search : dnsSearch;
        List<String> chosen = new ArrayList<>(dnsOptions.isEmpty() ? options : dnsOptions);
        if (chosen.stream().noneMatch(option -> option.startsWith("ndots:"))) {
            chosen.add("ndots:0");
        }
        return new ResolvConf(
                List.of(CONTAINER_NAMESERVER), domains.equals(List.of(".")) ? List.of() : domains, chosen);
    }

    /**
     * Whether a service with these settings asks for names without a dot to be looked up outside as well: it says
     * {@code ndots:0} itself, or wants no search domains.
     */
    public static boolean forwardsSingleLabels(List<String> dnsSearch, List<String> dnsOptions) {
        return dnsOptions.contains("ndots:0") || dnsSearch.contains(".");
    }

    /**
     * Where to send queries: the first three name servers that are numeric addresses, at port 53; the machine's own
     * when there is none, as resolv.conf(5) says.
     */
    public List<InetSocketAddress> servers() {
        List<InetSocketAddress> servers = nameservers.stream()
                .flatMap(ResolvConf::address)
                .limit(MAX_SERVERS)
                .map(address -> new InetSocketAddress(address, DNS_PORT))
                .toList();
        return servers.isEmpty() ? List.of(new InetSocketAddress("127.0.0.1", DNS_PORT)) : servers;
    }

    private static Stream<InetAddress> address(String nameserver) {
        // Checked before InetAddress sees it, which would look anything else up.
        if (!NetUtil.isValidIpV4Address(nameserver) && !NetUtil.isValidIpV6Address(nameserver)) {
            return Stream.empty();
        }
        try {
            return Stream.of(InetAddress.getByName(nameserver));
        } catch (UnknownHostException e) {
            // The scope of an interface that is gone: the next server may do.
            return Stream.empty();
        }
    }

    /** The text of the file. */
    public String format() {
        StringBuilder text = new StringBuilder("# Written by jcompose.\n");
        nameservers.forEach(server -> text.append("nameserver ").append(server).append('\n'));
        if (!search.isEmpty()) {
            text.append("search ").append(String.join(" ", search)).append('\n');
        }
        if (!options.isEmpty()) {
            text.append("options ").append(String.join(" ", options)).append('\n');
        }
        return text.toString();
    }
}
