package dev.jcompose.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatagramBatchTest {
    private static final int MOST = 4;
    private static final int BYTES = 64;
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int SO_NO_CHECK = 11;

    private final SocketCalls calls = Linux.load().sockets();
    private final DatagramBatch batch = calls.datagrams(MOST, BYTES);
    private final byte[] message = new byte[BYTES];
    private Fd server;
    private DatagramSocket one;
    private DatagramSocket other;

    @BeforeEach
    void open() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        server = SocketSpec.of(SocketCalls.AF_INET, SocketCalls.SOCK_DGRAM | SocketCalls.SOCK_NONBLOCK, 0)
                .boundTo(new InetSocketAddress(loopback, 0))
                .open(calls);
        InetSocketAddress address = new InetSocketAddress(loopback, calls.localPort(server));
        one = client(address);
        other = client(address);
    }

    @AfterEach
    void close() {
        server.close();
        one.close();
        other.close();
    }

    @Test
    void whatWaitsIsReceivedTogetherAndEachIsAnsweredToItsSender() throws IOException {
        assertThat(batch.receive(server)).isZero();
        say(one, "a");
        say(other, "b");
        say(one, "cc");

        assertThat(batch.receive(server)).isEqualTo(3);
        assertThat(read(0) + read(1) + read(2)).isEqualTo("abcc");
        answer(2, "3rd");
        answer(1, "2nd");
        batch.send(server);
        assertThat(hear(one)).isEqualTo("3rd");
        assertThat(hear(other)).isEqualTo("2nd");
        assertThat(batch.receive(server)).isZero();
    }

    @Test
    void answersOfOneLengthArriveApartWhetherOrNotTheyLeaveTogether() throws IOException {
        say(one, "a");
        say(other, "b");
        say(one, "c");
        say(one, "d");
        assertThat(batch.receive(server)).isEqualTo(4);
        answer(3, "D!");
        answer(2, "longer");
        answer(1, "B!");
        answer(0, "A!");
        batch.send(server);

        assertThat(List.of(hear(one), hear(one), hear(one))).containsExactlyInAnyOrder("A!", "D!", "longer");
        assertThat(hear(other)).isEqualTo("B!");
        one.setSoTimeout(1);
        assertThatThrownBy(() -> hear(one)).isInstanceOf(SocketTimeoutException.class);
    }

    /** The kernel refuses to cut apart what leaves a socket without checksums, as it does without those of loopback. */
    @Test
    void whatTheKernelDoesNotCutApartLeavesOneByOne() throws IOException {
        calls.setsockopt(server, SocketCalls.SOL_SOCKET, SO_NO_CHECK, 1);
        for (String text : List.of("a", "b", "c")) {
            say(one, text);
        }
        assertThat(batch.receive(server)).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            answer(i, "answer " + i);
        }
        batch.send(server);
        assertThat(List.of(hear(one), hear(one), hear(one)))
                .containsExactlyInAnyOrder("answer 0", "answer 1", "answer 2");
    }

    @Test
    void whatThereIsNoRoomForWaitsAndWhatIsTooLongIsCut() throws IOException {
        for (int i = 0; i <= MOST; i++) {
            say(one, "x".repeat(BYTES - 1 + i));
        }
        assertThat(batch.receive(server)).isEqualTo(MOST);
        assertThat(read(0)).hasSize(BYTES - 1);
        assertThat(read(3)).hasSize(BYTES);
        assertThat(batch.receive(server)).isEqualTo(1);
        assertThat(read(0)).hasSize(BYTES);
    }

    @Test
    void whoHasGoneDoesNotKeepTheOthersFromTheirAnswers() throws IOException {
        say(one, "a");
        say(other, "b");
        assertThat(batch.receive(server)).isEqualTo(2);
        one.close();
        answer(0, "lost");
        answer(1, "found");
        batch.send(server);
        assertThat(hear(other)).isEqualTo("found");
    }

    @Test
    void aSenderIsRememberedForAnAnswerThatComesLater() throws IOException {
        say(one, "a");
        assertThat(batch.receive(server)).isEqualTo(1);
        byte[] address = batch.from(0);
        say(other, "b");
        assertThat(batch.receive(server)).isEqualTo(1);
        calls.sendTo(server, "later and more".getBytes(US_ASCII), 5, address);
        assertThat(hear(one)).isEqualTo("later");
    }

    private static DatagramSocket client(InetSocketAddress server) throws IOException {
        DatagramSocket client = new DatagramSocket();
        client.setSoTimeout(TIMEOUT_MILLIS);
        client.connect(server);
        return client;
    }

    private static void say(DatagramSocket client, String text) throws IOException {
        byte[] bytes = text.getBytes(US_ASCII);
        client.send(new DatagramPacket(bytes, bytes.length));
    }

    private static String hear(DatagramSocket client) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[BYTES], BYTES);
        client.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), US_ASCII);
    }

    private String read(int index) {
        return new String(message, 0, batch.read(index, message), US_ASCII);
    }

    private void answer(int index, String text) {
        batch.answer(index, text.getBytes(US_ASCII), text.length());
    }
}
