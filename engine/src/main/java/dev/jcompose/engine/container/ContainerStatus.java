package dev.jcompose.engine.container;

import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.firewall.PublishedPort;
import dev.jcompose.runtime.container.ContainerProcess;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a container is doing, and did last. Replaced as a whole with every change, and written down.
 *
 * @param version of this form, {@value #VERSION}
 * @param process while it runs; belongs to {@code bootId}
 * @param bootId the kernel's boot that the process belongs to
 * @param startedAt of the last start
 * @param finishedAt of the last end
 * @param exitCode of the last end, as a shell reports it
 * @param restarts since somebody started it
 * @param stoppedByUser whether somebody asked for the last end: then it is not started again
 * @param attachments to networks, while it runs
 * @param ports published, while it runs
 * @param error why the last start failed; empty when it did not
 */
public record ContainerStatus(
        int version,
        ContainerState state,
        @Nullable ContainerProcess process,
        String bootId,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        int exitCode,
        boolean oomKilled,
        int restarts,
        boolean stoppedByUser,
        List<Attachment> attachments,
        List<PublishedPort> ports,
        String error) {

    /** The version that this engine writes. */
    public static final int VERSION = 1;

    /** Made, never started. */
    public static final ContainerStatus CREATED = new ContainerStatus(
            VERSION, ContainerState.CREATED, null, "", null, null, 0, false, 0, false, List.of(), List.of(), "");

    public ContainerStatus {
        attachments = List.copyOf(attachments);
        ports = List.copyOf(ports);
    }

    /** Whether there are processes. */
    public boolean isAlive() {
        return state == ContainerState.RUNNING || state == ContainerState.PAUSED;
    }

    /** It was started. */
    public ContainerStatus started(
            ContainerProcess process,
            String bootId,
            Instant now,
            int restarts,
            List<Attachment> attachments,
            List<PublishedPort> ports) {
        return new ContainerStatus(
                VERSION,
                ContainerState.RUNNING,
                process,
                bootId,
                now,
                null,
                0,
                false,
                restarts,
                false,
                attachments,
                ports,
                "");
    }

    /** It could not be started. */
    public ContainerStatus failed(int exitCode, String error, Instant now) {
        return new ContainerStatus(
                VERSION,
                state == ContainerState.CREATED ? ContainerState.CREATED : ContainerState.EXITED,
                null,
                "",
                startedAt,
                now,
                exitCode,
                false,
                restarts,
                stoppedByUser,
                attachments,
                List.of(),
                error);
    }

    /** It could not be started again by itself; what it was before stays known. */
    public ContainerStatus restartFailed(ContainerState next, int count, int code, String why, Instant now) {
        return new ContainerStatus(
                VERSION,
                next,
                null,
                "",
                startedAt,
                now,
                code,
                false,
                count,
                stoppedByUser,
                attachments,
                List.of(),
                why);
    }

    /** It has ended. The addresses stay with it, so that it has them again. */
    public ContainerStatus ended(ContainerState next, int exitCode, boolean oomKilled, Instant at) {
        return new ContainerStatus(
                VERSION,
                next,
                null,
                "",
                startedAt,
                at,
                exitCode,
                oomKilled,
                restarts,
                stoppedByUser,
                attachments,
                List.of(),
                "");
    }

    /** Somebody has asked for its end, or takes that back by a start. */
    public ContainerStatus stopRequested(boolean requested) {
        return new ContainerStatus(
                VERSION,
                state,
                process,
                bootId,
                startedAt,
                finishedAt,
                exitCode,
                oomKilled,
                restarts,
                requested,
                attachments,
                ports,
                error);
    }

    /** The same on other networks. */
    public ContainerStatus connected(List<Attachment> others, List<PublishedPort> published) {
        return new ContainerStatus(
                VERSION,
                state,
                process,
                bootId,
                startedAt,
                finishedAt,
                exitCode,
                oomKilled,
                restarts,
                stoppedByUser,
                others,
                published,
                error);
    }

    /** The same in another state: paused, or waiting for its next start. */
    public ContainerStatus in(ContainerState other) {
        return new ContainerStatus(
                VERSION,
                other,
                process,
                bootId,
                startedAt,
                finishedAt,
                exitCode,
                oomKilled,
                restarts,
                stoppedByUser,
                attachments,
                ports,
                error);
    }
}
