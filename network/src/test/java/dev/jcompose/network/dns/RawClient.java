package dev.jcompose.network.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** Sends messages to 127.0.0.11:53 in the network namespace of the thread that made it. */
final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int ATTEMPTS = 5;
    private static final InetSocketAddress SERVER = new InetSocketAddress("127.0.0.11", 53);

    private final DatagramSocket udp;
    private final byte[] buffer = new byte[65_535];

    RawClient() throws IOException {
        udp = new DatagramSocket();
        udp.setSoTimeout(TIMEOUT_MILLIS);
        udp.connect(SERVER);
    }

    /** Asks again when there is no answer, as any client does: a datagram may be lost in a full buffer. */
    byte[] udp(byte[] query) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                send(query);
                return receive();
            } catch (SocketTimeoutException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    void send(byte[] query) throws IOException {
        udp.send(new DatagramPacket(query, query.length));
    }

    byte[] receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        return Arrays.copyOf(buffer, packet.getLength());
    }

    static byte[] tcp(byte[] query) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(SERVER, TIMEOUT_MILLIS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(query.length);
            out.write(query);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] answer = new byte[in.readUnsignedShort()];
            in.readFully(answer);
            return answer;
        }
    }

    @Override
    public void close() {
        udp.close();
    }
}
