package dev.jcompose.engine.inspect;

import dev.jcompose.engine.assemble.Limits;
import dev.jcompose.engine.container.OneOff;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.model.Logging;
import dev.jcompose.model.Namespaces;
import dev.jcompose.model.PortMapping;
import dev.jcompose.model.RestartPolicy;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceVolume;
import dev.jcompose.runtime.container.Resources;
import dev.jcompose.runtime.container.Security;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code HostConfig}: how the container sits on this machine. */
final class InspectedHostConfig {
    private static final long NANOS_PER_MICRO = 1000;
    private static final long SHM_BYTES = 64L * 1024 * 1024;

    private InspectedHostConfig() {}

    static JsonObject of(Facts facts) {
        Service service = facts.service();
        Namespaces namespaces = service.namespaces();
        dev.jcompose.model.Security security = service.security();
        OneOff run = facts.container().config().run();
        JsonObject json = JsonObject.create()
                .put("Binds", binds(facts))
                .put("ContainerIDFile", "")
                .put("LogConfig", log(service.logging()))
                .put("NetworkMode", networkMode(facts))
                .put("PortBindings", portBindings(service))
                .put("RestartPolicy", restart(service))
                .put("AutoRemove", run != null && run.autoRemove())
                .put("VolumeDriver", "")
                .put("VolumesFrom", service.volumesFrom())
                .put("CapAdd", security.capAdd())
                .put("CapDrop", security.capDrop())
                .put("CgroupnsMode", text(namespaces.cgroup(), "private"))
                .put("Dns", service.dns().servers())
                .put("DnsOptions", service.dns().options())
                .put("DnsSearch", service.dns().search())
                .put("ExtraHosts", extraHosts(service))
                .put("GroupAdd", security.groupAdd())
                .put("IpcMode", text(namespaces.ipc(), "private"))
                .put("Cgroup", "")
                .put(
                        "Links",
                        Stream.concat(service.links().stream(), service.externalLinks().stream())
                                .toList())
                .put("OomScoreAdj", service.memory().oomScoreAdj())
                .put("PidMode", text(namespaces.pid(), ""))
                .put("Privileged", security.privileged())
                .put("PublishAllPorts", false)
                .put("ReadonlyRootfs", security.readOnly())
                .put("SecurityOpt", security.securityOpt())
                .put("Tmpfs", tmpfs(service))
                .put("UTSMode", text(namespaces.uts(), ""))
                .put("UsernsMode", text(namespaces.user(), ""))
                .put(
                        "ShmSize",
                        service.memory().shmSize() > 0 ? service.memory().shmSize() : SHM_BYTES)
                .put("Sysctls", service.sysctls())
                .put("Runtime", "jcompose")
                .put("Isolation", "")
                .put("CgroupParent", text(service.cgroupParent(), ""));
        limits(json, service);
        boolean masked = !security.privileged() && !security.securityOpt().contains("systempaths=unconfined");
        return json.put("MaskedPaths", masked ? Security.MASKED_PATHS : List.of())
                .put("ReadonlyPaths", masked ? Security.READONLY_PATHS : List.of())
                .put("Init", service.init())
                .put("Annotations", service.annotations());
    }

    private static String text(@Nullable String text, String missing) {
        return text == null ? missing : text;
    }

    /** Binds and named volumes in the short form. */
    private static List<String> binds(Facts facts) {
        List<String> binds = new ArrayList<>();
        for (ServiceVolume volume : facts.service().volumes()) {
            String source = volume.source();
            boolean shown = volume.type() == ServiceVolume.Type.BIND || volume.type() == ServiceVolume.Type.VOLUME;
            if (shown && source != null) {
                var named = facts.container().project().volumes().get(source);
                binds.add("%s:%s:%s"
                        .formatted(
                                named == null ? source : named.name(),
                                volume.target(),
                                volume.readOnly() ? "ro" : "rw"));
            }
        }
        return binds;
    }

    private static JsonObject log(@Nullable Logging logging) {
        return JsonObject.create()
                .put("Type", logging == null ? "json-file" : text(logging.driver(), "json-file"))
                .put("Config", logging == null ? Map.of() : logging.options());
    }

    private static String networkMode(Facts facts) {
        String mode = facts.service().namespaces().network();
        if (mode != null) {
            return mode;
        }
        return facts.summary().networks().keySet().stream().sorted().findFirst().orElse("none");
    }

    private static Map<String, List<Object>> portBindings(Service service) {
        Map<String, List<Object>> bindings = new LinkedHashMap<>();
        for (PortMapping port : service.ports()) {
            bindings.computeIfAbsent(port.target() + "/" + port.protocol(), key -> new ArrayList<>())
                    .add(JsonObject.create()
                            .put("HostIp", text(port.hostIp(), ""))
                            .put("HostPort", text(port.published(), "")));
        }
        return bindings;
    }

    private static JsonObject restart(Service service) {
        RestartPolicy policy = service.restartPolicy();
        return JsonObject.create()
                .put("Name", policy.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("MaximumRetryCount", policy.maxRetries());
    }

    private static List<String> extraHosts(Service service) {
        List<String> hosts = new ArrayList<>();
        service.dns()
                .extraHosts()
                .forEach((name, addresses) -> addresses.forEach(address -> hosts.add(name + ":" + address)));
        return hosts;
    }

    private static Map<String, String> tmpfs(Service service) {
        Map<String, String> mounts = new LinkedHashMap<>();
        for (String entry : service.tmpfs()) {
            int colon = entry.indexOf(':');
            mounts.put(colon < 0 ? entry : entry.substring(0, colon), colon < 0 ? "" : entry.substring(colon + 1));
        }
        return mounts;
    }

    private static void limits(JsonObject json, Service service) {
        Resources limits = Limits.resources(service, List.of());
        Long quota = limits.cpuQuotaMicros();
        Long period = limits.cpuPeriodMicros();
        // A count of processors, rather than a quota that was asked for as such.
        long nanoCpus = service.cpu().quota() == 0 && quota != null && period != null
                ? quota * NANOS_PER_MICRO * 1_000_000 / period
                : 0;
        boolean cpus = nanoCpus != 0;
        json.put("CpuShares", number(limits.cpuShares()))
                .put("Memory", number(limits.memoryBytes()))
                .put("NanoCpus", nanoCpus)
                .put("CpuPeriod", cpus ? 0 : number(period))
                .put("CpuQuota", cpus ? 0 : number(quota))
                .put("CpusetCpus", text(limits.cpusetCpus(), ""))
                .put("CpusetMems", "")
                .put(
                        "Devices",
                        service.security().devices().stream()
                                .map(device -> JsonObject.create()
                                        .put("PathOnHost", device.source())
                                        .put("PathInContainer", text(device.target(), device.source()))
                                        .put("CgroupPermissions", text(device.permissions(), "rwm")))
                                .toList())
                .put("DeviceCgroupRules", service.security().deviceCgroupRules())
                .put("MemoryReservation", number(limits.memoryReservationBytes()))
                .put("MemorySwap", number(limits.memorySwapBytes()))
                .put("MemorySwappiness", null)
                .put("OomKillDisable", service.memory().oomKillDisable())
                .put("PidsLimit", limits.pidsLimit())
                .put("Ulimits", ulimits(service));
    }

    private static long number(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    private static List<JsonObject> ulimits(Service service) {
        List<JsonObject> ulimits = new ArrayList<>();
        service.ulimits()
                .forEach((name, limit) -> ulimits.add(JsonObject.create()
                        .put("Name", name)
                        .put("Hard", limit.hard())
                        .put("Soft", limit.soft())));
        return ulimits;
    }
}
