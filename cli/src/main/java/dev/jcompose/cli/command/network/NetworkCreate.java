package dev.jcompose.cli.command.network;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.ComposeCommand;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.NetworkRequest;
import dev.jcompose.engine.api.NetworkSummary.Pool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code network create}: for projects that name it as {@code external}. */
@Command(name = "create", description = "Create a network")
public final class NetworkCreate implements ComposeCommand {
    @Option(
            names = {"-d", "--driver"},
            paramLabel = "DRIVER",
            defaultValue = "bridge",
            description = "bridge, macvlan or ipvlan")
    String driver = "bridge";

    @Option(names = "--internal", description = "Restrict external access to the network")
    boolean internal;

    @Option(names = "--attachable", description = "Shown only: containers may be attached to any network")
    boolean attachable;

    @Option(names = "--ipv4", paramLabel = "BOOL", arity = "0..1", fallbackValue = "true", description = "IPv4; usual")
    @Nullable
    Boolean ipv4;

    @Option(names = "--ipv6", paramLabel = "BOOL", arity = "0..1", fallbackValue = "true", description = "IPv6")
    @Nullable
    Boolean ipv6;

    @Option(names = "--subnet", paramLabel = "CIDR", description = "Subnet; may be repeated")
    List<String> subnets = new ArrayList<>();

    @Option(names = "--ip-range", paramLabel = "CIDR", description = "Part of the subnet that containers get")
    List<String> ranges = new ArrayList<>();

    @Option(names = "--gateway", paramLabel = "ADDRESS", description = "The host's address on the subnet")
    List<String> gateways = new ArrayList<>();

    @Option(names = "--aux-address", paramLabel = "NAME=ADDRESS", description = "Addresses that others have")
    Map<String, String> auxiliary = new LinkedHashMap<>();

    @Option(
            names = {"-o", "--opt"},
            paramLabel = "KEY=VALUE",
            description = "Driver options")
    Map<String, String> options = new LinkedHashMap<>();

    @Option(names = "--label", paramLabel = "KEY=VALUE", mapFallbackValue = "", description = "Labels")
    Map<String, String> labels = new LinkedHashMap<>();

    @Parameters(arity = "1", paramLabel = "NETWORK")
    String name = "";

    @Override
    public int run(Session session) {
        NetworkRequest request =
                new NetworkRequest(name, driver, internal, attachable, ipv4, ipv6, pools(), options, labels);
        session.out().println(session.engine().networks().create(request).id());
        return 0;
    }

    /** Ranges and gateways belong to the subnets in their order, auxiliary addresses to the first. */
    private List<Pool> pools() {
        if (subnets.size() < Math.max(ranges.size(), gateways.size()) || (subnets.isEmpty() && !auxiliary.isEmpty())) {
            throw new CommandException("every --ip-range, --gateway and --aux-address must have a --subnet");
        }
        List<Pool> pools = new ArrayList<>();
        for (int i = 0; i < subnets.size(); i++) {
            pools.add(new Pool(subnets.get(i), get(ranges, i), get(gateways, i), i == 0 ? auxiliary : Map.of()));
        }
        return pools;
    }

    private static String get(List<String> values, int index) {
        return index < values.size() ? values.get(index) : "";
    }
}
