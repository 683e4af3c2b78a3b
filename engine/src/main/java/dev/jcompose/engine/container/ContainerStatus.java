package dev.jcompose.engine.container;

import dev.jcompose.network.bridge.Attachment;
import dev.jcompose.network.firewall.PublishedPort;
import dev.jcompose.runtime.container.ContainerProcess;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
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
        return CREATED.with(begun -> {
            begun.state = ContainerState.RUNNING;
            begun.process = process;
            begun.bootId = bootId;
            begun.startedAt = now;
            begun.restarts = restarts;
            begun.attachments = attachments;
            begun.ports = ports;
        });
    }

    /** It could not be started. */
    public ContainerStatus failed(int exitCode, String error, Instant now) {
        ContainerState next = state == ContainerState.CREATED ? ContainerState.CREATED : ContainerState.EXITED;
        return restartFailed(next, restarts, exitCode, error, now);
    }

    /** It could not be started again by itself; what it was before stays known. */
    public ContainerStatus restartFailed(ContainerState next, int count, int code, String why, Instant now) {
        return ended(next, code, false, now).with(failed -> {
            failed.restarts = count;
            failed.error = why;
        });
    }

    /** It has ended. The addresses stay with it, so that it has them again. */
    public ContainerStatus ended(ContainerState next, int exitCode, boolean oomKilled, Instant at) {
        return with(ended -> {
            ended.state = next;
            ended.process = null;
            ended.bootId = "";
            ended.finishedAt = at;
            ended.exitCode = exitCode;
            ended.oomKilled = oomKilled;
            ended.ports = List.of();
            ended.error = "";
        });
    }

    /** Somebody has asked for its end, or takes that back by a start. */
    public ContainerStatus stopRequested(boolean requested) {
        return with(same -> same.stoppedByUser = requested);
    }

    /** The same on other networks. */
    public ContainerStatus connected(List<Attachment> others, List<PublishedPort> published) {
        return with(same -> {
            same.attachments = others;
            same.ports = published;
        });
    }

    /** The same in another state: paused, or waiting for its next start. */
    public ContainerStatus in(ContainerState other) {
        return with(same -> same.state = other);
    }

    private ContainerStatus with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.status();
    }

    /** The components of the next status. */
    private static final class Draft {
        private ContainerState state;
        private @Nullable ContainerProcess process;
        private String bootId;
        private @Nullable Instant startedAt;
        private @Nullable Instant finishedAt;
        private int exitCode;
        private boolean oomKilled;
        private int restarts;
        private boolean stoppedByUser;
        private List<Attachment> attachments;
        private List<PublishedPort> ports;
        private String error;

        private Draft(ContainerStatus before) {
            state = before.state;
            process = before.process;
            bootId = before.bootId;
            startedAt = before.startedAt;
            finishedAt = before.finishedAt;
            exitCode = before.exitCode;
            oomKilled = before.oomKilled;
            restarts = before.restarts;
            stoppedByUser = before.stoppedByUser;
            attachments = before.attachments;
            ports = before.ports;
            error = before.error;
        }

        private ContainerStatus status() {
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
                    attachments,
                    ports,
                    error);
        }
    }
}
