package dev.jcompose.engine.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container as {@code ps} shows it.
 *
 * @param id 64 hex digits
 * @param name {@code project-service-1}
 * @param image as the service names it
 * @param command the arguments as started
 * @param number replica, from 1
 * @param state one of created, running, paused, restarting, exited, dead
 * @param health starting, healthy, unhealthy; empty without a health check
 * @param exitCode of the last run; 0 while it has not ended
 * @param startedAt null when it never ran
 * @param finishedAt null while it runs or never ran
 * @param networks name of the network to the container's address, empty text for none
 */
public record ContainerSummary(
        String id,
        String name,
        String image,
        List<String> command,
        String project,
        String service,
        int number,
        boolean oneOff,
        String state,
        String health,
        int exitCode,
        boolean oomKilled,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        List<Publisher> publishers,
        Map<String, String> networks,
        List<String> mounts,
        Map<String, String> labels) {

    /**
     * A port.
     *
     * @param url the host address it is published on, empty when it is not published
     * @param publishedPort 0 when it is not published
     * @param protocol tcp, udp or sctp
     */
    public record Publisher(String url, int targetPort, int publishedPort, String protocol) {}

    public ContainerSummary {
        command = List.copyOf(command);
        publishers = List.copyOf(publishers);
        networks = Map.copyOf(networks);
        mounts = List.copyOf(mounts);
        labels = Map.copyOf(labels);
    }

    /** Whether its processes are there. */
    public boolean isRunning() {
        return state.equals("running") || state.equals("paused") || state.equals("restarting");
    }
}
