package dev.jcompose.engine.server.docker;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.model.Cpu;
import dev.jcompose.model.DeviceMapping;
import dev.jcompose.model.Dns;
import dev.jcompose.model.Ipam;
import dev.jcompose.model.Memory;
import dev.jcompose.model.Namespaces;
import dev.jcompose.model.Network;
import dev.jcompose.model.Project;
import dev.jcompose.model.Security;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceBuilder;
import dev.jcompose.model.ServiceNetwork;
import dev.jcompose.model.Ulimit;
import dev.jcompose.model.Volume;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client asks to create, as a project of one service: everything in the engine works on those. */
final class CreatedService {
    /** The project of all containers that clients create. */
    static final String PROJECT = "docker";

    private static final Set<String> NETWORK_WORDS = Set.of("", "default", "bridge");
    private static final Set<String> NO_MATTER = Set.of(
            "ConsoleSize", "CgroupnsMode", "LogConfig", "MemorySwappiness", "Runtime", "Isolation", "ContainerIDFile");
    private static final Set<String> KNOWN = Set.of(
            "AutoRemove",
            "Binds",
            "CapAdd",
            "CapDrop",
            "CpuPeriod",
            "CpuQuota",
            "CpuShares",
            "CpusetCpus",
            "Devices",
            "Dns",
            "DnsOptions",
            "DnsSearch",
            "ExtraHosts",
            "GroupAdd",
            "Init",
            "IpcMode",
            "Links",
            "Memory",
            "MemoryReservation",
            "MemorySwap",
            "Mounts",
            "NanoCpus",
            "NetworkMode",
            "OomScoreAdj",
            "PidMode",
            "PidsLimit",
            "PortBindings",
            "Privileged",
            "PublishAllPorts",
            "ReadonlyRootfs",
            "RestartPolicy",
            "SecurityOpt",
            "ShmSize",
            "Sysctls",
            "Tmpfs",
            "UTSMode",
            "Ulimits",
            "VolumesFrom");

    private final String name;
    private final JsonObject asked;
    private final JsonObject host;

    private CreatedService(String name, JsonObject asked) {
        this.name = name;
        this.asked = asked;
        this.host = object(asked, "HostConfig");
    }

    /**
     * The project.
     *
     * @param name of the service
     * @param asked the body of {@code POST /containers/create}
     * @throws EngineException of kind INVALID for what there is not
     */
    static Project read(String name, JsonObject asked) {
        return new CreatedService(name, asked).project();
    }

    static JsonObject object(JsonObject json, String member) {
        return json.has(member) && json.members().get(member) != null ? json.object(member) : JsonObject.create();
    }

    private Project project() {
        refuseWhatIsNotKnown();
        Map<String, ServiceNetwork> networks = new LinkedHashMap<>();
        String mode = host.string("NetworkMode", "");
        object(object(asked, "NetworkingConfig"), "EndpointsConfig").members().keySet().stream()
                .filter(network -> !NETWORK_WORDS.contains(network))
                .forEach(network -> networks.put(network, endpoint(network)));
        boolean word = NETWORK_WORDS.contains(mode)
                || mode.equals("host")
                || mode.equals("none")
                || mode.startsWith("container:");
        if (!word) {
            networks.putIfAbsent(mode, ServiceNetwork.DEFAULT);
        }
        CreatedMounts mounts = CreatedMounts.read(asked, host);
        ServiceBuilder service = Service.builder(name)
                .image(asked.string("Image", ""))
                .command(listOrNull("Cmd"))
                .entrypoint(listOrNull("Entrypoint"))
                .environment(pairs(asked.strings("Env")))
                .labels(asked.stringMap("Labels"))
                .user(textOrNull(asked, "User"))
                .workingDir(textOrNull(asked, "WorkingDir"))
                .hostname(textOrNull(asked, "Hostname"))
                .domainname(textOrNull(asked, "Domainname"))
                .tty(asked.flag("Tty"))
                .stdinOpen(asked.flag("OpenStdin"))
                .init(host.flag("Init") ? Boolean.TRUE : null)
                .stopSignal(textOrNull(asked, "StopSignal"))
                .ports(CreatedPorts.read(asked, host))
                .expose(List.copyOf(object(asked, "ExposedPorts").members().keySet()))
                .networks(word ? Map.of() : networks)
                .namespaces(namespaces(word ? mode : null))
                .volumes(mounts.volumes())
                .volumesFrom(host.strings("VolumesFrom").stream()
                        .map(from -> "container:" + from)
                        .toList())
                .tmpfs(mounts.tmpfs())
                .dns(dns())
                .restart(restart())
                .cpu(cpu())
                .memory(memory())
                .pidsLimit(number("PidsLimit"))
                .ulimits(ulimits())
                .externalLinks(host.strings("Links"))
                .sysctls(host.stringMap("Sysctls"))
                .security(security());
        Map<String, Network> used = new LinkedHashMap<>();
        (word ? Set.<String>of() : networks.keySet()).forEach(network -> used.put(network, external(network)));
        Map<String, Volume> volumes = new LinkedHashMap<>();
        mounts.names()
                .forEach(volume ->
                        volumes.put(volume, new Volume(volume, volume, null, Map.of(), false, Map.of(), Map.of())));
        return new Project(
                PROJECT,
                Path.of("/"),
                List.of(),
                Map.of(name, service.build()),
                Map.of(),
                used,
                volumes,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of());
    }

    private void refuseWhatIsNotKnown() {
        host.members().forEach((member, value) -> {
            if (!KNOWN.contains(member) && !NO_MATTER.contains(member) && !isEmpty(value)) {
                throw new EngineException(
                        EngineException.Kind.INVALID,
                        "HostConfig.%s is not supported for containers that are created by themselves"
                                .formatted(member));
            }
        });
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null
                || value.equals("")
                || (value instanceof Boolean flag && !flag)
                || (value instanceof Number number && number.doubleValue() == 0)
                || (value instanceof Collection<?> items && items.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty())
                || (value instanceof JsonObject object && object.members().isEmpty());
    }

    private ServiceNetwork endpoint(String network) {
        JsonObject endpoint = object(object(object(asked, "NetworkingConfig"), "EndpointsConfig"), network);
        return new ServiceNetwork(endpoint.strings("Aliases"), null, null, List.of(), null, Map.of(), null, 0, 0);
    }

    private static Network external(String network) {
        return new Network(
                network,
                network,
                null,
                Map.of(),
                false,
                false,
                true,
                null,
                null,
                new Ipam(null, List.of(), Map.of()),
                Map.of(),
                Map.of());
    }

    private Namespaces namespaces(@Nullable String network) {
        String mode = network != null && NETWORK_WORDS.contains(network) ? "bridge" : network;
        return new Namespaces(
                mode, wanted("IpcMode"), textOrNull(host, "PidMode"), textOrNull(host, "UTSMode"), null, null);
    }

    private @Nullable String wanted(String member) {
        String mode = textOrNull(host, member);
        return "private".equals(mode) ? null : mode;
    }

    private @Nullable List<String> listOrNull(String member) {
        List<String> words = asked.strings(member);
        return words.isEmpty() ? null : words;
    }

    private static @Nullable String textOrNull(JsonObject json, String member) {
        String text = json.string(member, "");
        return text.isEmpty() ? null : text;
    }

    private static Map<String, @Nullable String> pairs(List<String> entries) {
        Map<String, @Nullable String> pairs = new LinkedHashMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            pairs.put(equals < 0 ? entry : entry.substring(0, equals), equals < 0 ? null : entry.substring(equals + 1));
        }
        return pairs;
    }

    private Dns dns() {
        Map<String, List<String>> hosts = new LinkedHashMap<>();
        for (String entry : host.strings("ExtraHosts")) {
            int colon = entry.indexOf(':');
            if (colon > 0) {
                hosts.computeIfAbsent(entry.substring(0, colon), key -> new ArrayList<>())
                        .add(entry.substring(colon + 1));
            }
        }
        return new Dns(host.strings("Dns"), host.strings("DnsSearch"), host.strings("DnsOptions"), hosts);
    }

    private @Nullable String restart() {
        JsonObject policy = object(host, "RestartPolicy");
        String kind = policy.string("Name", "");
        int retries = policy.integer("MaximumRetryCount", 0);
        return kind.isEmpty() ? null : kind.equals("on-failure") && retries > 0 ? kind + ":" + retries : kind;
    }

    private long number(String member) {
        return host.members().get(member) instanceof Number number ? Math.max(0, number.longValue()) : 0;
    }

    private Cpu cpu() {
        return new Cpu(
                number("NanoCpus") / 1e9,
                textOrNull(host, "CpusetCpus"),
                number("CpuShares"),
                number("CpuPeriod"),
                number("CpuQuota"),
                0,
                0,
                0,
                0);
    }

    private Memory memory() {
        long swap = host.members().get("MemorySwap") instanceof Number number ? number.longValue() : 0;
        return new Memory(
                number("Memory"),
                number("MemoryReservation"),
                swap,
                0,
                false,
                host.integer("OomScoreAdj", 0),
                number("ShmSize"));
    }

    private Map<String, Ulimit> ulimits() {
        Map<String, Ulimit> limits = new LinkedHashMap<>();
        for (JsonObject limit : host.objects("Ulimits")) {
            limits.put(limit.string("Name"), new Ulimit(limit.number("Soft"), limit.number("Hard"), false));
        }
        return limits;
    }

    private Security security() {
        return new Security(
                host.flag("Privileged"),
                host.flag("ReadonlyRootfs"),
                host.strings("CapAdd"),
                host.strings("CapDrop"),
                host.strings("SecurityOpt"),
                host.strings("GroupAdd"),
                host.objects("Devices").stream()
                        .map(device -> new DeviceMapping(
                                device.string("PathOnHost"),
                                textOrNull(device, "PathInContainer"),
                                textOrNull(device, "CgroupPermissions")))
                        .toList(),
                List.of());
    }
}
