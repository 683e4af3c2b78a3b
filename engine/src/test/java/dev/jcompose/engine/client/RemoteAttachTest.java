package dev.jcompose.engine.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.AttachRequest;
import dev.jcompose.engine.api.AttachSession;
import dev.jcompose.engine.api.EngineException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteAttachTest {
    private static final AttachRequest REQUEST = new AttachRequest("db", false, null, "");

    @TempDir
    private Path directory;

    private RunningContainer engine;
    private EngineClient client;

    @BeforeEach
    void serve() throws IOException {
        Path socket = directory.resolve("engine.sock");
        engine = new RunningContainer(socket);
        client = new EngineClient(socket);
    }

    @AfterEach
    void stop() throws IOException {
        engine.close();
    }

    @Test
    void streamsThatEndWhileTheContainerRunsAreTheUserWhoLeaves() throws IOException {
        try (AttachSession session = client.containers().attach(REQUEST)) {
            engine.endConnection("attach");

            assertThat(run(session)).isEqualTo(AttachSession.DETACHED);
        }
    }

    @Test
    void streamsThatEndedWithAnEngineWhoseSuccessorIsThereAlreadyAreNotTheUserWhoLeaves() throws IOException {
        try (AttachSession session = client.containers().attach(REQUEST)) {
            engine.endConnection("attach");
            engine.endConnection("wait");

            assertThatThrownBy(() -> run(session))
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.LOST))
                    .hasMessageContaining("the engine went away");
        }
    }

    private static int run(AttachSession session) {
        return session.run(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
    }

    /** A played engine, whose container runs and writes nothing. */
    private static final class RunningContainer implements AutoCloseable {
        private static final Map<String, String> ANSWERS = Map.of(
                "json", "HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\n{\"State\":{\"Running\":true}}",
                "wait", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "attach", "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n");

        private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        private final Map<String, SocketChannel> connections = new ConcurrentHashMap<>();

        RunningContainer(Path socket) throws IOException {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread thread = new Thread(this::serve, "played engine");
            thread.setDaemon(true);
            thread.start();
        }

        @SuppressWarnings("EmptyCatch") // closing the server is how it ends
        private void serve() {
            try {
                while (true) {
                    answer(server.accept());
                }
            } catch (IOException e) {
                // The test is over.
            }
        }

        private void answer(SocketChannel connection) throws IOException {
            String request = head(connection);
            for (Map.Entry<String, String> answer : ANSWERS.entrySet()) {
                if (request.contains("/db/" + answer.getKey())) {
                    connections.put(answer.getKey(), connection);
                    connection.write(ByteBuffer.wrap(answer.getValue().getBytes(ISO_8859_1)));
                }
            }
        }

        private static String head(SocketChannel connection) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(4096);
            String head = "";
            while (!head.contains("\r\n\r\n") && connection.read(bytes) >= 0) {
                head = new String(bytes.array(), 0, bytes.position(), ISO_8859_1);
            }
            return head;
        }

        void endConnection(String name) throws IOException {
            Objects.requireNonNull(connections.get(name)).close();
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (SocketChannel connection : connections.values()) {
                connection.close();
            }
        }
    }
}
