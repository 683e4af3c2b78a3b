package dev.jcompose.network.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** A server that tells each client the address it came from, over TCP and UDP; and its client. */
public final class Echo implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int REFUSED_MILLIS = 400;
    /** A server that is there is another thread of this process, which takes its turn. */
    private static final int SILENCE_MILLIS = 1000;

    private final ServerSocket tcp;
    private final DatagramSocket udp;

    /** Serves in the namespace of the calling thread. */
    public Echo(int port) throws IOException {
        tcp = new ServerSocket(port, 50, InetAddress.getByName("::"));
        udp = new DatagramSocket(new InetSocketAddress("::", port));
        daemon("echo-tcp", this::serveTcp);
        daemon("echo-udp", this::serveUdp);
    }

    /** What a TCP server at that address says of the calling thread's namespace. */
    public static String tcp(String address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    /** The same over UDP. */
    public static String udp(String address, int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(address, port));
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.send(new DatagramPacket(new byte[] {1}, 1));
            DatagramPacket answer = new DatagramPacket(new byte[64], 64);
            socket.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), US_ASCII);
        }
    }

    /** Whether a datagram from this very socket is answered. */
    public static boolean answered(DatagramSocket client, String address, int port) throws IOException {
        client.setSoTimeout(SILENCE_MILLIS);
        client.send(new DatagramPacket(new byte[] {1}, 1, new InetSocketAddress(address, port)));
        try {
            client.receive(new DatagramPacket(new byte[64], 64));
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** Whether nothing answers there: refused, unreachable, or silence. */
    public static boolean unreachable(String address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), REFUSED_MILLIS);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        tcp.close();
        udp.close();
    }

    private void serveTcp() throws IOException {
        while (true) {
            try (Socket client = tcp.accept()) {
                client.getOutputStream()
                        .write(client.getInetAddress().getHostAddress().getBytes(US_ASCII));
            }
        }
    }

    private void serveUdp() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[64], 64);
        while (true) {
            udp.receive(packet);
            byte[] answer = packet.getAddress().getHostAddress().getBytes(US_ASCII);
            udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
    }

    private static void daemon(String name, Server server) {
        Thread thread = new Thread(
                () -> {
                    try {
                        server.serve();
                    } catch (SocketException e) {
                        // closed: the test is over
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private interface Server {
        void serve() throws IOException;
    }
}
