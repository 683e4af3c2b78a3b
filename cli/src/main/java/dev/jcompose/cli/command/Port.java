package dev.jcompose.cli.command;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Query;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Target;
import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.ContainerSummary.Publisher;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code port}. */
@Command(name = "port", description = "Print the public port of a port, or all of a service")
final class Port implements Query {
    @Option(names = "--index", paramLabel = "N", description = "Index of the container if the service has several")
    int index;

    @Option(names = "--protocol", paramLabel = "PROTOCOL", description = "tcp or udp; of a port, tcp is meant")
    String protocol = "";

    @Parameters(index = "0", paramLabel = "SERVICE")
    String service = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "PRIVATE_PORT")
    @Nullable
    Integer port;

    @Override
    public int run(Session session) {
        Target target = session.target(List.of(service));
        ContainerSummary container = ContainerSelection.running(session.engine(), target, service, index);
        Integer wanted = port;
        if (wanted == null) {
            container.publishers().stream()
                    .filter(one -> one.publishedPort() > 0)
                    .filter(one -> protocol.isEmpty() || one.protocol().equals(protocol))
                    .forEach(one ->
                            session.out().println(one.targetPort() + "/" + one.protocol() + " -> " + onHost(one)));
            return 0;
        }
        String transport = protocol.isEmpty() ? "tcp" : protocol;
        Publisher publisher = container.publishers().stream()
                .filter(one ->
                        one.targetPort() == wanted && one.protocol().equals(transport) && one.publishedPort() > 0)
                .findFirst()
                .orElseThrow(() -> new CommandException("no port %d/%s for container %s: %s"
                        .formatted(
                                wanted,
                                transport,
                                container.name(),
                                container.publishers().isEmpty() ? "it has none" : ports(container))));
        session.out().println(onHost(publisher));
        return 0;
    }

    /** As a client writes it: the brackets of IPv6 keep the port apart. */
    private static String onHost(Publisher publisher) {
        String host = publisher.url().contains(":") ? "[" + publisher.url() + "]" : publisher.url();
        return host + ":" + publisher.publishedPort();
    }

    private static String ports(ContainerSummary container) {
        return container.publishers().stream()
                .map(one ->
                        one.targetPort() + "/" + one.protocol() + (one.publishedPort() > 0 ? "" : " (not published)"))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
