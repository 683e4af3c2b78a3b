package dev.jcompose.engine.doctor;

import dev.jcompose.network.dns.ResolvConf;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether the servers answer that names of other hosts are looked up at. */
final class NameCheck {
    private static final int WAIT_MILLIS = 1000;
    private static final int ID = 0x6a63;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int NS = 2;

    private final Path file;

    NameCheck(Path file) {
        this.file = file;
    }

    void report(Findings findings) throws IOException {
        if (!Files.isReadable(file)) {
            findings.warning("resolvers", "there is no " + file, "containers find each other, but no other names");
            return;
        }
        List<InetSocketAddress> silent = new ArrayList<>();
        List<String> answering = new ArrayList<>();
        for (InetSocketAddress server : ResolvConf.parse(Files.readString(file)).servers()) {
            if (answers(server)) {
                answering.add(server.getAddress().getHostAddress());
            } else {
                silent.add(server);
            }
        }
        String names = String.join(
                ", ",
                silent.stream().map(one -> one.getAddress().getHostAddress()).toList());
        if (silent.isEmpty()) {
            findings.ok("resolvers", String.join(", ", answering) + " of " + file);
        } else if (answering.isEmpty()) {
            findings.warning(
                    "resolvers",
                    "no answer from " + names + " of " + file,
                    "see the network of this machine; containers find each other all the same");
        } else {
            findings.warning(
                    "resolvers",
                    "no answer from " + names + " of " + file + ", but from " + String.join(", ", answering),
                    "remove it from the file: it makes looking names up slow");
        }
    }

    /** Asks for the servers of the root; whatever comes back is an answer. */
    private static boolean answers(InetSocketAddress server) {
        // RFC 1035, 4.1: header with one question, the root's empty name, type, class.
        ByteBuffer query = ByteBuffer.allocate(17)
                .putShort(0, (short) ID)
                .putShort(2, (short) RECURSION_DESIRED)
                .putShort(4, (short) 1)
                .putShort(13, (short) NS)
                .putShort(15, (short) 1);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(WAIT_MILLIS);
            socket.connect(server);
            socket.send(new DatagramPacket(query.array(), query.capacity()));
            DatagramPacket answer = new DatagramPacket(new byte[512], 512);
            socket.receive(answer);
            return answer.getLength() >= 12;
        } catch (IOException e) {
            return false;
        }
    }
}
