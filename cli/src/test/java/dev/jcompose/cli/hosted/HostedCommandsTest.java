package dev.jcompose.cli.hosted;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.cli.FakeEngine;
import dev.jcompose.cli.TestWorld;
import dev.jcompose.cli.delegate.Frame;
import dev.jcompose.engine.host.Peer;
import dev.jcompose.engine.json.JsonObject;
import dev.jcompose.linux.Linux;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostedCommandsTest {
    @TempDir
    Path folder;

    private final FakeEngine engine = new FakeEngine();
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final PipedOutputStream client = new PipedOutputStream();
    private final Peer self = new Peer((int) ProcessHandle.current().pid(), 0, 0);
    private HostedCommands commands;
    private PipedInputStream in;

    @BeforeEach
    void make() throws IOException {
        Files.writeString(folder.resolve("compose.yaml"), TestWorld.SHOP);
        in = new PipedInputStream(client);
        // Nothing here is a terminal, so the kernel is not asked.
        Linux noKernel = new Linux((call, a, b, c, d, e, f) -> -38);
        commands = new HostedCommands(engine, noKernel, pool, () -> {});
    }

    @AfterEach
    void end() {
        pool.shutdownNow();
    }

    @Test
    void aCommandSeesItsClientsWorldAndAnswersInFrames() throws Exception {
        engine.containers.add(FakeEngine.container("db", "running"));

        run(self, "ps", "--services");

        assertThat(frames()).containsExactly("1 db\n", "3 \0");
    }

    @Test
    void theClientsVariablesCountAndNotTheEngines() throws Exception {
        commands.run(
                request(
                        List.of("config", "--services"),
                        Map.of("COMPOSE_PROJECT_NAME", "other", "COMPOSE_FILE", "x.yaml")),
                self,
                in,
                sent);

        assertThat(String.join("", frames())).contains("x.yaml").endsWith("3 \1");
    }

    @Test
    void errorsAndExitCodesComeFromTheCommand() throws Exception {
        run(self, "ps", "nosuch");

        assertThat(frames()).containsExactly("2 no such service: nosuch\n", "3 \1");
    }

    @Test
    void standardInputIsAskedForPieceByPiece() throws Exception {
        Future<?> running = pool.submit(() -> {
            run(self, "-f", "-", "config", "--services");
            return 0;
        });
        await().until(() -> sent.size() > 0);
        sendInput("services: {a: {image: x}, ");
        await().until(() -> frames().size() == 2);
        sendInput("b: {image: y}}");
        await().until(() -> frames().size() == 3);
        sendInput("");
        running.get();

        List<String> frames = frames();
        assertThat(frames.subList(0, 3)).allMatch(frame -> frame.startsWith(Frame.READ + " "));
        assertThat(frames.subList(3, frames.size())).containsExactly("1 a\nb\n", "3 \0");
    }

    @Test
    void declinesWhatIsOfAnotherBuildOrSeesOtherFilesOrMustOutliveTheEngine() throws Exception {
        JsonObject other = request(List.of("ps"), Map.of()).put("ClassPath", "/other.jar");
        commands.run(other, self, in, sent);
        run(new Peer(0, 0, 0), "ps");
        run(self, "up");
        run(self, "logs", "-f");
        run(self, "engine", "status");

        assertThat(frames()).containsOnly("4 ").hasSize(5);
        assertThat(engine.requests).isEmpty();
    }

    @Test
    void aClientThatGoesAwayCancelsItsCommand() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        engine.operation = (request, listener) -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new dev.jcompose.engine.api.EngineException(
                        dev.jcompose.engine.api.EngineException.Kind.CANCELLED, "canceled");
            }
        };
        Future<?> running = pool.submit(() -> {
            run(self, "up", "-d");
            return 0;
        });
        begun.await();

        client.close();

        running.get();
        assertThat(frames()).containsExactly("2 canceled\n", "3 \u0082");
    }

    @Test
    void anErrorOfTheMachineEndsOnlyTheCommand() throws Exception {
        engine.operation = (request, listener) -> {
            throw new OutOfMemoryError("made up");
        };

        run(self, "up", "-d");

        assertThat(String.join("", frames()))
                .contains("OutOfMemoryError: made up")
                .endsWith("3 \1");
    }

    private void run(Peer peer, String... arguments) throws IOException {
        commands.run(request(List.of(arguments), Map.of()), peer, in, sent);
    }

    private JsonObject request(List<String> arguments, Map<String, String> environment) {
        return JsonObject.create()
                .put("ClassPath", System.getProperty("java.class.path"))
                .put("Directory", folder.toString())
                .put("Arguments", arguments)
                .put("Environment", environment);
    }

    private void sendInput(String text) throws IOException {
        byte[] data = text.getBytes(UTF_8);
        client.write(ByteBuffer.allocate(Frame.HEADER_BYTES + data.length)
                .putInt(Frame.STDIN << 24)
                .putInt(data.length)
                .put(data)
                .array());
        client.flush();
    }

    /** The frames so far, each as its type, a blank, and its data; neighbours of one output are one. */
    private List<String> frames() throws IOException {
        DataInputStream input = new DataInputStream(new ByteArrayInputStream(sent.toByteArray()));
        java.util.ArrayList<String> frames = new java.util.ArrayList<>();
        int last = -1;
        while (input.available() > 0) {
            int type = input.readInt() >>> 24;
            String data = new String(input.readNBytes(input.readInt()), java.nio.charset.StandardCharsets.ISO_8859_1);
            boolean output = type == Frame.STDOUT || type == Frame.STDERR;
            if (output && type == last) {
                frames.set(frames.size() - 1, frames.get(frames.size() - 1) + data);
            } else {
                frames.add(type + " " + data);
            }
            last = type;
        }
        return frames;
    }
}
