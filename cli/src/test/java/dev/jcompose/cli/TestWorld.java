package dev.jcompose.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.cli.world.Registration;
import dev.jcompose.cli.world.Signals;
import dev.jcompose.cli.world.Terminal;
import dev.jcompose.cli.world.World;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs the program in a world that the test made, and keeps what it said. */
public final class TestWorld implements Terminal, Signals {
    /** A project with two services, one needing the other. */
    public static final String SHOP = """
            name: shop
            services:
              db:
                image: postgres:17
              web:
                image: nginx
                depends_on: [db]
            """;

    public final FakeEngine engine = new FakeEngine();
    public final Map<String, String> environment = new HashMap<>();
    public final List<String> terminalCalls = new ArrayList<>();
    public Terminal terminal = Terminal.NONE;
    public InputStream in = InputStream.nullInputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Path directory;
    private Runnable interrupt = () -> {};
    private Consumer<String> signal = name -> {};

    private TestWorld(Path directory) {
        this.directory = directory;
    }

    /** In a directory that holds the project shop. */
    public static TestWorld shop(Path directory) {
        return with(directory, SHOP);
    }

    /** In a directory with a Compose file. */
    public static TestWorld with(Path directory, String composeFile) {
        try {
            Files.writeString(directory.resolve("compose.yaml"), composeFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TestWorld(directory);
    }

    /** In a directory as it is. */
    public static TestWorld in(Path directory) {
        return new TestWorld(directory);
    }

    /** Runs the program once; what it said before is forgotten. */
    public int run(String... arguments) {
        out.reset();
        err.reset();
        World world = new World(
                List.of(arguments),
                directory,
                environment,
                in,
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, false, UTF_8),
                terminal,
                this,
                Clock.fixed(FakeEngine.NOW, ZoneId.of("UTC")),
                engine);
        return new Jcompose(world).run();
    }

    public String out() {
        return out.toString(UTF_8);
    }

    public String err() {
        return err.toString(UTF_8);
    }

    /** All three streams are a terminal from now on. */
    public void onTerminal() {
        terminal = this;
    }

    public void input(String text) {
        in = new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    /** Ctrl-C. */
    public void interrupt() {
        interrupt.run();
    }

    @Override
    public Registration onInterrupt(Runnable action) {
        interrupt = action;
        return () -> interrupt = () -> {};
    }

    @Override
    public Registration onSignal(List<String> names, Consumer<String> action) {
        signal = name -> {
            if (names.contains(name)) {
                action.accept(name);
            }
        };
        return () -> signal = name -> {};
    }

    /** A signal to the command, by its name without SIG. */
    public void signal(String name) {
        signal.accept(name);
    }

    @Override
    public Registration onResize(Runnable action) {
        terminalCalls.add("watch size");
        return () -> terminalCalls.add("ignore size");
    }

    @Override
    public boolean isInput() {
        return true;
    }

    @Override
    public boolean isOutput() {
        return true;
    }

    @Override
    public boolean isError() {
        return true;
    }

    @Override
    public Size size() {
        return new Size(30, 90);
    }

    @Override
    public Registration keys() {
        terminalCalls.add("keys");
        return () -> terminalCalls.add("cooked");
    }

    @Override
    public boolean isForeground() {
        return true;
    }

    @Override
    public Registration raw() {
        terminalCalls.add("raw");
        return () -> terminalCalls.add("cooked");
    }
}
