package dev.jcompose.network.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A name server on a loopback address, over UDP and TCP on the same port, that answers as the test says. */
final class FakeUpstream implements AutoCloseable {
    /** What to answer. */
    @FunctionalInterface
    interface Behaviour {
        /** The messages to send, in order; none for silence. */
        List<byte[]> answer(byte[] query, boolean tcp);
    }

    final Queue<byte[]> queries = new ConcurrentLinkedQueue<>();

    private final Behaviour behaviour;
    private final ServerSocket tcp;
    private final DatagramSocket udp;

    FakeUpstream(Behaviour behaviour) throws IOException {
        this(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0, behaviour);
    }

    FakeUpstream(InetAddress address, int port, Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        this.tcp = new ServerSocket(port, 50, address);
        this.udp = new DatagramSocket(tcp.getLocalPort(), address);
        start("fake-upstream-udp", this::serveUdp);
        start("fake-upstream-tcp", this::serveTcp);
    }

    /** Answers every query with one address. */
    static Behaviour address(String literal) {
        return (query, tcp) ->
                List.of(answer(query, 0x8180, List.of(Addresses.ip(literal).getAddress())));
    }

    /** Answers every query with a response code. */
    static Behaviour code(int code) {
        return (query, tcp) -> List.of(answer(query, 0x8180 | code, List.of()));
    }

    static byte[] answer(byte[] query, int flags, List<byte[]> addresses) {
        Message parsed = Message.read(query);
        return Message.write(parsed.id(), flags, parsed.question(), parsed.type(), addresses, 0);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) tcp.getLocalSocketAddress();
    }

    private static void start(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void serveUdp() {
        byte[] buffer = new byte[4096];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                byte[] query = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
                queries.add(query);
                for (byte[] answer : behaviour.answer(query, false)) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serveTcp() {
        boolean open = true;
        while (open) {
            try (Socket client = tcp.accept()) {
                byte[] query = readFrame(new DataInputStream(client.getInputStream()));
                queries.add(query);
                DataOutputStream out = new DataOutputStream(client.getOutputStream());
                for (byte[] answer : behaviour.answer(query, true)) {
                    out.writeShort(answer.length);
                    out.write(answer);
                }
            } catch (IOException e) {
                // A client that went away early is no reason to stop; a closed listener is.
                open = !tcp.isClosed();
            }
        }
    }

    private static byte[] readFrame(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readUnsignedShort()];
        in.readFully(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
