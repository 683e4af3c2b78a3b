package dev.jcompose.network.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.network.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortConflictsTest {
    @TempDir
    private Path proc;

    @BeforeEach
    void listen() throws IOException {
        Path net = Files.createDirectories(proc.resolve("thread-self/net"));
        Files.writeString(net.resolve("tcp"), """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1
                """);
        Files.createDirectories(proc.resolve("42/fd"));
        Files.writeString(proc.resolve("42/comm"), "server\n");
        Files.writeString(proc.resolve("42/cmdline"), "server\0--all\0");
    }

    @Test
    void aDescriptorThatIsClosedMeanwhileDoesNotHideTheOthersOfItsProcess() throws IOException {
        Path descriptors = proc.resolve("42/fd");
        for (int i = 0; i < 50; i++) {
            // No link can be read from it, as from one that is gone.
            Files.createFile(descriptors.resolve("gone" + i));
        }
        Files.createSymbolicLink(descriptors.resolve("7"), Path.of("socket:[4711]"));

        assertThat(new PortConflicts(proc).holder(Protocol.TCP, null, 8080)).contains("server (pid 42: server --all)");
    }

    @Test
    void aSocketOfNoProcessThatCanBeSeenIsAnotherProcesss() {
        assertThat(new PortConflicts(proc).holder(Protocol.TCP, null, 8080)).contains("another process");
        assertThat(new PortConflicts(proc).holder(Protocol.TCP, null, 8081)).isEmpty();
    }
}
