package dev.jcompose.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The dependencies of a service: {@code depends_on}, and what links, volumes_from and shared namespaces imply. */
final class ImpliedDependencies {
    private static final String SERVICE = "service:";

    private ImpliedDependencies() {}

    static Map<String, DependsOn> of(Service service) {
        Map<String, DependsOn> all = new LinkedHashMap<>(service.dependsOn());
        for (String link : service.links()) {
            all.putIfAbsent(beforeColon(link), implied(true));
        }
        Namespaces shared = service.namespaces();
        shares(all, shared.network());
        shares(all, shared.ipc());
        shares(all, shared.pid());
        shares(all, shared.uts());
        shares(all, shared.cgroup());
        for (String from : service.volumesFrom()) {
            if (!from.startsWith("container:")) {
                all.putIfAbsent(beforeColon(from), implied(false));
            }
        }
        return all;
    }

    private static void shares(Map<String, DependsOn> all, @Nullable String namespace) {
        if (namespace != null && namespace.startsWith(SERVICE)) {
            all.putIfAbsent(namespace.substring(SERVICE.length()), implied(true));
        }
    }

    private static DependsOn implied(boolean restart) {
        return new DependsOn(DependsOn.Condition.SERVICE_STARTED, restart, true);
    }

    private static String beforeColon(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? text : text.substring(0, colon);
    }
}
