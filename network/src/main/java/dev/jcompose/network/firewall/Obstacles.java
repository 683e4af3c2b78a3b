package dev.jcompose.network.firewall;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What others drop of a network's packets.
 *
 * @param outward from containers to other hosts
 * @param published from other hosts to published ports, led to the container by a rule
 * @param proxied from other hosts to the proxy, which serves published ports then
 * @param within from a container to another of the same network, which the host's rules see where
 *     {@code net.bridge.bridge-nf-call-iptables} is on
 * @param host from containers to this host itself
 * @param unjudged rules of which it cannot be told what they drop, for they go by rates, times or chance
 */
public record Obstacles(
        Optional<Block> outward,
        Optional<Block> published,
        Optional<Block> proxied,
        Optional<Block> within,
        Optional<Block> host,
        Set<String> unjudged) {
    /** Nothing is in the way. */
    public static final Obstacles NONE = new Obstacles(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Set.of());

    public Obstacles {
        unjudged = Collections.unmodifiableSet(new TreeSet<>(unjudged));
    }

    /** Whether there are none, but for {@link #host}, which few stacks ask. */
    public boolean isEmpty() {
        return outward.isEmpty() && published.isEmpty() && within.isEmpty();
    }

    /**
     * What the user should know, in one line; not for none.
     *
     * @param bridges the interfaces that it concerns
     */
    public String advice(Collection<String> bridges) {
        return problem() + ". To let packets through: " + remedy(bridges);
    }

    /** What does not work for it, and which chains that is from. */
    public String problem() {
        StringBuilder text = new StringBuilder();
        outward.ifPresent(block -> clause(
                text,
                "containers do not reach other hosts: firewall chain " + block + " drops what this host forwards"));
        within.ifPresent(block -> clause(
                text,
                "containers do not reach each other: firewall chain " + block
                        + " drops what bridges carry, as net.bridge.bridge-nf-call-iptables is on"));
        published.ifPresent(block -> clause(
                text,
                "published ports are served by a proxy, which hides the addresses of clients: firewall chain " + block
                        + " drops what rules would lead to containers"));
        if (published.isPresent()) {
            proxied.ifPresent(block -> clause(
                    text,
                    "other hosts reach the proxy only where firewall chain " + block + " has a rule for the port"));
        }
        return text.toString();
    }

    /** The commands that let packets through. */
    public String remedy(Collection<String> bridges) {
        return Stream.of(outward, within, published)
                .flatMap(Optional::stream)
                .map(block -> block.remedy(bridges))
                .distinct()
                .collect(Collectors.joining(" && "));
    }

    /** What the user should know whose containers ask this host, in one line; empty when nothing is in their way. */
    public Optional<String> hostAdvice(Collection<String> bridges) {
        return host.map(block -> hostProblem(block) + ". To let packets through: " + block.remedy(bridges));
    }

    /** What does not work for it. */
    public static String hostProblem(Block block) {
        return "containers do not reach this host (host.docker.internal): firewall chain " + block
                + " drops what is for it";
    }

    private static void clause(StringBuilder text, String clause) {
        text.append(text.length() == 0 ? "" : "; ").append(clause);
    }
}
