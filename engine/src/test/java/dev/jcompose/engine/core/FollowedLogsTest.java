package dev.jcompose.engine.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.LogsRequest;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.ContainerStatus;
import dev.jcompose.engine.container.ContainerTable;
import dev.jcompose.engine.container.Containers;
import dev.jcompose.engine.logs.ContainerLog;
import dev.jcompose.engine.logs.LogLimits;
import dev.jcompose.linux.Linux;
import dev.jcompose.model.Service;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes first of what is told of a container and of the look at it, its end is told once. */
class FollowedLogsTest {
    private static final Instant BEGAN = Instant.parse("2026-01-02T15:04:05Z");
    private static final ContainerStatus RUNNING = Containers.running();
    private static final ContainerStatus ENDED = RUNNING.ended(ContainerState.EXITED, 3, false, BEGAN.plusMillis(20));

    @TempDir
    private Path directory;

    private final Container container = Containers.created(
            "aa", "shop", Service.builder("job").image("localhost/host").build());
    private final ContainerTable table = new ContainerTable();
    private FollowedLogs followed;

    @BeforeEach
    void follow() {
        table.add(container);
        Linux linux = Linux.load();
        ContainerLog log =
                new ContainerLog(linux, directory, LogLimits.DEFAULT, true, Clock.systemUTC(), Runnable::run);
        LogsRequest request = new LogsRequest("shop", Set.of(), true, null, BEGAN, null, null);
        followed = new FollowedLogs(table, any -> log, request, () -> false);
    }

    @AfterEach
    void close() throws Exception {
        followed.close();
    }

    @Test
    void ofOneThatEndsBeforeItsStartIsToldOf() throws Exception {
        followed.begin();
        container.status(RUNNING);
        container.status(ENDED);
        followed.happened(event(Event.Action.STARTED));
        followed.happened(event(Event.Action.EXITED));

        assertThat(said()).containsExactly("exited with code 3");
    }

    @Test
    void ofOneWhoseStartIsToldOfAfterItsEnd() throws Exception {
        followed.begin();
        container.status(RUNNING);
        container.status(ENDED);
        followed.happened(event(Event.Action.EXITED));
        followed.happened(event(Event.Action.STARTED));

        assertThat(said()).containsExactly("exited with code 3");
    }

    @Test
    void ofOneThatIsMadeAndEndsAfterTheLook() throws Exception {
        table.remove(container);
        followed.begin();
        table.add(container);
        container.status(ENDED);
        followed.happened(event(Event.Action.EXITED));

        assertThat(said()).containsExactly("exited with code 3");
    }

    @Test
    void ofOneThatHasEndedAtTheLookAndIsToldOfThen() throws Exception {
        container.status(ENDED);
        followed.begin();
        followed.happened(event(Event.Action.EXITED));

        assertThat(said()).containsExactly("exited with code 3");
    }

    @Test
    void ofOneThatIsRestarted() throws Exception {
        container.status(RUNNING);
        followed.begin();
        container.status(RUNNING.ended(ContainerState.RESTARTING, 1, false, BEGAN.plusMillis(10)));
        followed.happened(event(Event.Action.EXITED));
        container.status(RUNNING);
        followed.happened(event(Event.Action.STARTED));
        container.status(ENDED);
        followed.happened(event(Event.Action.EXITED));

        assertThat(said()).containsExactly("exited with code 1 (restarting)", "exited with code 3");
    }

    @Test
    void whoseRestartIsCalledOffIsOverWhenTheOperationEnds() throws Exception {
        ContainerStatus pausing = RUNNING.ended(ContainerState.RESTARTING, 1, false, BEGAN.minusMillis(10));
        container.status(pausing);
        followed.begin();
        container.status(pausing.in(ContainerState.EXITED));
        followed.look();

        assertThat(said()).isEmpty();
    }

    private Event event(String action) {
        return new Event(
                BEGAN.plusMillis(20),
                Event.Resource.CONTAINER,
                "shop",
                container.config().id(),
                "shop-job-1",
                action,
                Event.Status.DONE,
                "",
                Map.of("exitCode", "3"));
    }

    private List<String> said() throws Exception {
        List<String> said = new ArrayList<>();
        followed.copyTo(entry -> said.add(new String(entry.text(), UTF_8)));
        return said;
    }
}
