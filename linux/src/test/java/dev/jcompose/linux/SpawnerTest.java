package dev.jcompose.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpawnerTest {
    private final NativeKernel kernel = new NativeKernel();
    private final Linux linux = new Linux(kernel);
    private final Spawner spawner = new Spawner(linux, kernel);

    @Test
    void theChildHasTheGivenDescriptorsAndNoOtherOfOurs() throws IOException {
        ByteBuffer output = ByteBuffer.allocateDirect(4096);
        int ours;
        try (Fd shell = linux.files().openat(null, "/bin/sh", Fcntl.O_RDONLY, 0);
                Fd nothing = linux.files().openat(null, "/dev/null", Fcntl.O_RDWR, 0);
                Fd other = linux.files().duplicate(nothing, 200);
                EventCalls.Pipe pipe = linux.events().pipe2(0)) {
            ours = other.number();
            int pid = spawner.spawn(
                    shell,
                    List.of(nothing, pipe.writeEnd(), nothing),
                    List.of("sh", "-c", "for f in /proc/$$/fd/*; do echo ${f##*/}; done; exit 7"));
            pipe.writeEnd().close();
            while (linux.files().read(pipe.readEnd(), output) > 0) {
                assertThat(output.hasRemaining()).isTrue();
            }
            try (Fd pidfd = linux.processes().pidfdOpen(pid)) {
                assertThat(linux.processes().await(pidfd)).isEqualTo(new ExitStatus(7, 0));
            }
        }
        assertThat(UTF_8.decode(output.flip()).toString().lines().toList())
                .contains("0", "1", "2")
                .doesNotContain(Integer.toString(ours));
    }

    @Test
    void aKilledChildReportsItsSignal() throws IOException {
        try (Fd shell = linux.files().openat(null, "/bin/sh", Fcntl.O_RDONLY, 0);
                Fd nothing = linux.files().openat(null, "/dev/null", Fcntl.O_RDWR, 0)) {
            int pid = spawner.spawn(shell, List.of(nothing, nothing, nothing), List.of("sh", "-c", "kill -9 $$"));
            try (Fd pidfd = linux.processes().pidfdOpen(pid)) {
                ExitStatus status = linux.processes().await(pidfd);
                assertThat(status).isEqualTo(new ExitStatus(0, Sched.SIGKILL));
                assertThat(status.shellCode()).isEqualTo(137);
            }
        }
    }
}
