package dev.jcompose.cli.command.network;

import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.ConnectRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code network connect}. */
@Command(name = "connect", description = "Connect a container to a network")
public final class NetworkConnect implements ComposeCommand {
    @Option(names = "--alias", paramLabel = "NAME", description = "A further name of the container on the network")
    List<String> aliases = new ArrayList<>();

    @Option(names = "--ip", paramLabel = "ADDRESS", description = "IPv4 address")
    @Nullable
    String ipv4;

    @Option(names = "--ip6", paramLabel = "ADDRESS", description = "IPv6 address")
    @Nullable
    String ipv6;

    @Option(names = "--link-local-ip", paramLabel = "ADDRESS", description = "A link-local address")
    List<String> linkLocal = new ArrayList<>();

    @Option(names = "--driver-opt", paramLabel = "KEY=VALUE", description = "Options of the endpoint")
    Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = "--gw-priority",
            paramLabel = "N",
            description = "The network with the highest one is the way outside")
    int gatewayPriority;

    @Parameters(index = "0", paramLabel = "NETWORK")
    String network = "";

    @Parameters(index = "1", paramLabel = "CONTAINER")
    String container = "";

    @Override
    public int run(Session session) {
        session.engine()
                .networks()
                .connect(
                        network,
                        new ConnectRequest(container, aliases, ipv4, ipv6, linkLocal, null, options, gatewayPriority));
        return 0;
    }
}
