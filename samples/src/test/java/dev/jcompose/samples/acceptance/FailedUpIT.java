package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** An up that cannot succeed says why, and down removes what it had made. */
@RequiresRoot
class FailedUpIT extends AcceptanceScenario {
    @Test
    void namesTheImageThatIsMissing() throws Exception {
        assertThat(failedUp("""
                        name: failed
                        services:
                          good:
                            image: localhost/host
                            command: sleep 60
                          bad:
                            image: localhost/no-such-image
                        """)).contains("localhost/no-such-image");
    }

    @Test
    void namesThePortThatIsTakenAndWhoHasIt() throws Exception {
        try (var taken = new ServerSocket(0)) {
            assertThat(failedUp("""
                            name: failed
                            services:
                              web:
                                image: localhost/host
                                command: sleep 60
                                ports:
                                  - "%d:80"
                            """.formatted(taken.getLocalPort())))
                    .contains(Integer.toString(taken.getLocalPort()))
                    .contains(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void namesTheCommandThatIsNotThere() throws Exception {
        assertThat(failedUp("""
                        name: failed
                        services:
                          first:
                            image: localhost/host
                            command: sleep 60
                          second:
                            image: localhost/host
                            command: /no/such/command
                            depends_on: [first]
                        """)).contains("/no/such/command");
    }

    @Test
    void namesTheServiceThatDoesNotBecomeHealthy() throws Exception {
        assertThat(failedUp("""
                        name: failed
                        services:
                          sick:
                            image: localhost/host
                            command: sleep 60
                            stop_grace_period: 0s
                            healthcheck:
                              test: ["CMD", "false"]
                              interval: 100ms
                              retries: 2
                          patient:
                            image: localhost/host
                            command: sleep 60
                            depends_on:
                              sick:
                                condition: service_healthy
                        """)).contains("sick").contains("unhealthy");
    }

    /** What up prints on stderr. */
    private String failedUp(String composeFile) throws IOException, InterruptedException {
        Files.writeString(folder.resolve("compose.yaml"), composeFile);
        Jcompose.Result result = jcompose.run("up", "-d");
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
        return result.err();
    }
}
