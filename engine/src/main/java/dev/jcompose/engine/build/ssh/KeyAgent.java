package dev.jcompose.engine.build.ssh;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.BufferUnderflowException;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An agent on a socket, until it is closed. It lists its keys and signs; everything else it refuses. */
public final class KeyAgent implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KeyAgent.class);

    private static final int FAILURE = 5;
    private static final int REQUEST_IDENTITIES = 11;
    private static final int IDENTITIES_ANSWER = 12;
    private static final int SIGN_REQUEST = 13;
    private static final int SIGN_RESPONSE = 14;
    private static final int MAX_REQUEST_BYTES = 256 * 1024;

    private final List<AgentKey> keys;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private KeyAgent(List<AgentKey> keys, ServerSocketChannel server) {
        this.keys = List.copyOf(keys);
        this.server = server;
    }

    /**
     * Begins to serve.
     *
     * @param files of private keys
     * @param socket where nothing is. Whoever can reach it may use the keys: commands of builds have any user
     * @throws IllegalArgumentException naming the file that holds no key, or none that can be used
     */
    public static KeyAgent start(List<Path> files, Path socket) throws IOException {
        List<AgentKey> keys = new ArrayList<>();
        for (Path file : files) {
            try {
                keys.add(PrivateKeyFile.read(file));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("\"%s\": %s".formatted(file, e.getMessage()), e);
            }
        }
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        KeyAgent agent = new KeyAgent(keys, server);
        daemon(agent::accept);
        return agent;
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "ssh-agent");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (server.isOpen()) {
                SocketChannel client = server.accept();
                open.add(client);
                daemon(() -> serve(client));
            }
        } catch (IOException e) {
            log.debug("the agent of a build ends", e);
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                DataInputStream in = new DataInputStream(Channels.newInputStream(client));
                OutputStream out = Channels.newOutputStream(client)) {
            while (true) {
                int length = in.readInt();
                if (length < 1 || length > MAX_REQUEST_BYTES) {
                    return;
                }
                byte[] request = in.readNBytes(length);
                out.write(new WireWriter().string(answer(request)).written());
                out.flush();
            }
        } catch (EOFException e) {
            // The client has what it wanted.
        } catch (IOException e) {
            log.debug("a client of a build's agent ends", e);
        } finally {
            open.remove(client);
        }
    }

    private byte[] answer(byte[] request) {
        WireReader reader = new WireReader(request);
        try {
            int type = reader.bytes(1)[0];
            if (type == REQUEST_IDENTITIES) {
                WireWriter answer = new WireWriter().octet(IDENTITIES_ANSWER).uint32(keys.size());
                keys.forEach(key -> answer.string(key.publicBlob()).text(key.comment()));
                return answer.written();
            }
            if (type == SIGN_REQUEST) {
                byte[] wanted = reader.string();
                byte[] data = reader.string();
                int flags = reader.uint32();
                for (AgentKey key : keys) {
                    if (Arrays.equals(key.publicBlob(), wanted)) {
                        return new WireWriter()
                                .octet(SIGN_RESPONSE)
                                .string(key.sign(data, flags))
                                .written();
                    }
                }
            }
        } catch (GeneralSecurityException | BufferUnderflowException e) {
            log.debug("a request to a build's agent fails", e);
        }
        return new WireWriter().octet(FAILURE).written();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel client : open) {
            client.close();
        }
    }
}
