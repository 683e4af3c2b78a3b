package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.testing.RequiresRoot;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;

/** Testcontainers as it is, at the engine's socket: what other projects' tests do. */
@RequiresRoot
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class TestcontainersIT extends AcceptanceScenario {
    private static final String SERVER = """
            mkdir -p /www; echo "$PAGE" >/www/index.html; echo serving; exec busybox httpd -f -p 8080 -h /www
            """;

    private String home = "";

    @BeforeEach
    void startTheEngine() throws Exception {
        write("services: {keep: {image: localhost/host, command: sleep 1000, init: true}}");
        jcompose.ok("up", "-d");
        // People set DOCKER_HOST; the process of the tests reads the same from a file in its home.
        Files.writeString(
                folder.resolve(".testcontainers.properties"),
                "docker.host=unix://" + folder.resolve("run/engine.sock")
                        + "\ntinyimage.container.image=localhost/host:latest\n");
        home = System.getProperty("user.home");
        System.setProperty("user.home", folder.toString());
    }

    @AfterEach
    void goHome() throws Exception {
        System.setProperty("user.home", home);
    }

    @Test
    void aContainerIsStartedAwaitedAskedAndRemoved() throws Exception {
        try (GenericContainer<?> server = new GenericContainer<>("localhost/host:latest")
                .withCommand("sh", "-c", SERVER)
                .withEnv("PAGE", "from Testcontainers")
                .withCopyToContainer(Transferable.of("copied"), "/tmp/copied")
                .withExposedPorts(8080)
                .waitingFor(Wait.forHttp("/"))) {
            server.start();

            assertThat(get("http://" + server.getHost() + ":" + server.getMappedPort(8080) + "/"))
                    .isEqualTo("from Testcontainers\n");
            assertThat(server.getLogs()).contains("serving");
            ExecResult result = server.execInContainer("sh", "-c", "cat /tmp/copied; echo oops >&2; exit 3");
            assertThat(result.getStdout()).isEqualTo("copied");
            assertThat(result.getStderr()).isEqualTo("oops\n");
            assertThat(result.getExitCode()).isEqualTo(3);
            assertThat(server.isRunning()).isTrue();
        }
        assertThat(jcompose.ok("ls", "-q", "-a")).doesNotContain("docker");
    }

    private static String get(String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
