package dev.jcompose.cli.command;

import dev.jcompose.engine.api.ContainerSummary;
import dev.jcompose.engine.api.ContainerSummary.Publisher;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code port}. */
@Command(name = "port", description = "Print the public port for a port binding")
final class Port implements ComposeCommand {
    @Option(names = "--index", paramLabel = "N", description = "Index of the container if the service has several")
    int index;

    @Option(names = "--protocol", paramLabel = "PROTOCOL", defaultValue = "tcp", description = "tcp or udp")
    String protocol = "tcp";

    @Parameters(index = "0", paramLabel = "SERVICE")
    String service = "";

    @Parameters(index = "1", paramLabel = "PRIVATE_PORT")
    int port;

    @Override
    public int run(Session session) {
        Target target = session.target(List.of(service));
        ContainerSummary container = ContainerSelection.running(session.engine(), target, service, index);
        Publisher publisher = container.publishers().stream()
                .filter(one -> one.targetPort() == port && one.protocol().equals(protocol) && one.publishedPort() > 0)
                .findFirst()
                .orElseThrow(() -> new CommandException("no port %d/%s for container %s: %s"
                        .formatted(port, protocol, container.name(), ports(container))));
        String host = publisher.url().contains(":") ? "[" + publisher.url() + "]" : publisher.url();
        session.out().println(host + ":" + publisher.publishedPort());
        return 0;
    }

    private static String ports(ContainerSummary container) {
        return container.publishers().stream()
                .map(one -> one.targetPort() + "/" + one.protocol())
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
