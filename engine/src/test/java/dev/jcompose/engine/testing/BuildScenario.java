package dev.jcompose.engine.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.BuildRequest;
import dev.jcompose.engine.api.Event;
import dev.jcompose.images.Image;
import dev.jcompose.images.ImageReference;
import dev.jcompose.images.oci.ImageJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of builds: one engine per class, which has an image {@code busybox}, and a directory for each test that is the
 * build context.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BuildScenario {
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private Path directory;

    private Leftovers leftovers;
    private TestEngine engine;
    private Path context;
    private int contexts;
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());

    @BeforeAll
    void startTheEngine(@TempDir Path temporary) throws IOException {
        directory = temporary;
        leftovers = Leftovers.before(directory);
        engine = new TestEngine(directory);
        newContext();
        Files.copy(BUSYBOX, context.resolve("busybox"));
        Files.writeString(
                context.resolve("passwd"), "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1001:app:/home/app:/bin/sh\n");
        Files.writeString(context.resolve("group"), "root:x:0:\nstaff:x:50:\napp:x:1001:\n");
        build("""
                FROM scratch
                COPY --chmod=755 busybox /bin/busybox
                RUN ["/bin/busybox", "--install", "-s", "/bin"]
                COPY passwd group /etc/
                RUN mkdir -p /tmp && chmod 1777 /tmp
                CMD ["sh"]
                """, "    image: busybox\n");
    }

    @AfterAll
    void nothingIsLeft() throws IOException {
        engine.down();
        engine.close();
        leftovers.awaitNone();
    }

    @BeforeEach
    void newContext() throws IOException {
        context = Files.createDirectories(directory.resolve("context-" + contexts++));
        output.clear();
    }

    protected final TestEngine engine() {
        return engine;
    }

    /** The build context of this test. */
    protected final Path context() {
        return context;
    }

    /** Writes a file of the context. */
    protected final Path file(String path, String content) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    /** Builds a Dockerfile, and gives the image. */
    protected final Image build(String dockerfile) throws IOException {
        return build(dockerfile, "");
    }

    /**
     * Builds a Dockerfile.
     *
     * @param more lines of the service and its {@code build}, indented by four and six
     */
    protected final Image build(String dockerfile, String more) throws IOException {
        return build(dockerfile, more, request -> request);
    }

    /** Changes a request. */
    @FunctionalInterface
    protected interface Change {
        BuildRequest of(BuildRequest request);
    }

    /** The same with a request of its own. */
    protected final Image build(String dockerfile, String more, Change change) throws IOException {
        file("Dockerfile", dockerfile);
        String service = "services:\n  web:\n" + (more.contains("    build:") ? "" : "    build: .\n") + more;
        String json = TestEngine.canonical(context, service);
        engine.engine().builds().build(change.of(BuildRequest.of(json, Set.of())), this::note);
        String name = more.lines()
                .filter(line -> line.startsWith("    image: "))
                .map(line -> line.substring("    image: ".length()))
                .findFirst()
                .orElse("p-web");
        return image(name);
    }

    private void note(Event event) {
        String line = event.attributes().get(BuildRequest.OUTPUT);
        output.add(line != null ? line : event.action() + " " + event.name() + " " + event.detail());
    }

    protected final Image image(String name) throws IOException {
        return engine.images().find(ImageReference.parse(name)).orElseThrow();
    }

    /** The image's configuration document. */
    protected final ImageJson document(Image image) throws IOException {
        return engine.images().document(image);
    }

    /** What the progress said, without the numbers of steps and the times. */
    protected final List<String> output() {
        synchronized (output) {
            return output.stream()
                    .map(line -> line.replaceFirst("^#\\d+ ", "").replaceFirst("^[0-9.]+ ", ""))
                    .toList();
        }
    }

    /** The lines of an image's files, as {@link ImageTree} has them. */
    protected final Map<String, String> tree(Image image) throws IOException {
        return ImageTree.of(image.layers());
    }

    /** What only the image has, and the image {@code busybox} has not. */
    protected final Map<String, String> added(Image image) throws IOException {
        Map<String, String> added = tree(image);
        tree(image("busybox")).forEach((path, line) -> added.remove(path, line));
        return added;
    }

    /** Content of a file of an image. */
    protected final String content(Image image, String path) throws IOException {
        @Nullable String line = tree(image).get(path);
        assertThat(line).as(path).isNotNull();
        return String.valueOf(line).replaceFirst("^f \\d+ \\d+:\\d+ ", "").replace("\\n", "\n");
    }
}
