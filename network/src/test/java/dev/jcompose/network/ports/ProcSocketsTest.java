package dev.jcompose.network.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcSocketsTest {
    @TempDir
    Path net;

    @BeforeEach
    void writeTables() throws IOException {
        Files.writeString(net.resolve("tcp"), """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1001 1
                   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 1002 1
                   2: 0200007F:0050 0100007F:C351 01 00000000:00000000 00:00000000 00000000     0        0 1003 1
                """);
        Files.writeString(net.resolve("tcp6"), """
                  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2001 1
                   1: 0000000000000000FFFF00000100007F:0017 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2002 1
                """);
        Files.writeString(net.resolve("udp"), """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
                 100: 00000000:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 3001 2 0 0
                """);
    }

    @Test
    void findsListenersAndNotConnections() throws IOException {
        assertThat(holding(Protocol.TCP, null, 8080)).containsExactly(1001L);
        assertThat(holding(Protocol.TCP, null, 80)).isEmpty();
    }

    @Test
    void countsAnAddressOnlyWhenItIsTheSame() throws IOException {
        assertThat(holding(Protocol.TCP, "127.0.0.1", 8080)).containsExactly(1001L);
        assertThat(holding(Protocol.TCP, "192.0.2.1", 8080)).isEmpty();
    }

    @Test
    void findsSocketsOfBothFamilies() throws IOException {
        assertThat(holding(Protocol.TCP, "192.0.2.1", 22)).containsExactly(2001L);
        assertThat(holding(Protocol.TCP, "127.0.0.1", 23)).containsExactly(2002L);
    }

    @Test
    void findsUdpSockets() throws IOException {
        assertThat(holding(Protocol.UDP, null, 53)).containsExactly(3001L);
        assertThat(holding(Protocol.SCTP, null, 53)).isEmpty();
    }

    private List<Long> holding(Protocol protocol, @Nullable String address, int port) throws IOException {
        return new ProcSockets(net).holding(protocol, address == null ? null : IpAddress.parse(address), port);
    }
}
