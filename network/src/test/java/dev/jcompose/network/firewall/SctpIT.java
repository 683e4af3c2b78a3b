package dev.jcompose.network.firewall;

import static dev.jcompose.network.testing.World.HOST;
import static dev.jcompose.network.testing.World.REMOTE;
import static dev.jcompose.network.testing.World.SERVER_PORT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.SocketCalls;
import dev.jcompose.linux.testing.RequiresRoot;
import dev.jcompose.network.IpAddress;
import dev.jcompose.network.Protocol;
import dev.jcompose.network.testing.World;
import dev.jcompose.network.testing.World.Container;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * SCTP by its packets: the firewall needs connection tracking of it, and that the kernel speaks it itself is not
 * needed.
 */
@RequiresRoot(namespaces = true)
class SctpIT {
    private static final int IPPROTO_SCTP = 132;
    private static final int CLIENT_PORT = 40_000;
    private static final byte INIT = 1;
    private static final byte INIT_ACK = 2;
    private static final int TAG = 0x01020304;

    private final SocketCalls calls = Linux.load().sockets();

    @Test
    void anAssociationThroughAPublishedPortReachesTheContainerAndItsAnswerTheClient() throws Exception {
        try (World world = new World()) {
            Container a = world.container(world.network("n1"), "a");
            try (Fd server = a.machine().call(this::socket);
                    Fd client = world.remote().call(this::socket)) {
                calls.connect(client, SocketCalls.inet(IpAddress.parse(HOST).bytes(), 0));
                calls.connect(server, SocketCalls.inet(IpAddress.parse(REMOTE).bytes(), 0));
                world.networks().publish(List.of(a.publish(Protocol.SCTP, null, 8080)));

                send(client, CLIENT_PORT, 8080, 0, INIT);
                Packet begin = receive(server);
                assertThat(begin).isEqualTo(new Packet(REMOTE, a.address(), CLIENT_PORT, SERVER_PORT, INIT, true));

                send(server, SERVER_PORT, CLIENT_PORT, TAG, INIT_ACK);
                assertThat(receive(client)).isEqualTo(new Packet(HOST, REMOTE, 8080, CLIENT_PORT, INIT_ACK, true));
            }
        }
    }

    private Fd socket() throws ErrnoException {
        return calls.socket(SocketCalls.AF_INET, SocketCalls.SOCK_RAW | SocketCalls.SOCK_NONBLOCK, IPPROTO_SCTP);
    }

    /** @param sound whether the checksum is right */
    private record Packet(String from, String to, int fromPort, int toPort, byte chunk, boolean sound) {}

    private void send(Fd socket, int from, int to, int tag, byte chunk) throws IOException {
        ByteBuffer packet = ByteBuffer.allocateDirect(32)
                .putShort((short) from)
                .putShort((short) to)
                .putInt(tag)
                .putInt(0)
                .put(chunk)
                .put((byte) 0)
                .putShort((short) 20)
                .putInt(TAG)
                .putInt(1 << 16)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(1);
        packet.flip();
        packet.order(ByteOrder.LITTLE_ENDIAN).putInt(8, checksum(packet));
        assertThat(calls.send(socket, packet)).isEqualTo(32);
    }

    private Packet receive(Fd socket) {
        return Awaitility.await().ignoreException(ErrnoException.class).until(() -> read(socket), Objects::nonNull);
    }

    private Packet read(Fd socket) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1500);
        int length = calls.receive(socket, buffer, 0);
        byte[] address = new byte[4];
        buffer.get(12, address);
        String from = IpAddress.of(address).toString();
        buffer.get(16, address);
        String to = IpAddress.of(address).toString();
        ByteBuffer sctp = ByteBuffer.allocate(length - 20);
        buffer.get(20, sctp.array());
        int sum = sctp.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(8);
        sctp.putInt(8, 0);
        return new Packet(
                from, to, sctp.getShort(0) & 0xffff, sctp.getShort(2) & 0xffff, sctp.get(12), sum == checksum(sctp));
    }

    private static int checksum(ByteBuffer packet) {
        CRC32C sum = new CRC32C();
        sum.update(packet.duplicate());
        return (int) sum.getValue();
    }
}
