package dev.jcompose.samples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.images.testing.DockerRegistry;
import dev.jcompose.linux.testing.RequiresRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Logins, dependencies and names: what moves images between this machine, registries and archives. */
@RequiresRoot
class RegistryCommandsIT extends SharedEngineScenario {
    private static final String FILE = """
            name: reg
            services:
              web: {build: {dockerfile_inline: "FROM scratch\\nCOPY compose.yaml /\\n"}, image: "$REGISTRY/web:1", depends_on: [db]}
              db: {build: {dockerfile_inline: "FROM scratch\\nCOPY compose.yaml /db\\n"}, image: "$REGISTRY/db:1"}
            """;

    @BeforeAll
    void writeTheFile() throws Exception {
        write(FILE);
    }

    @Test
    void aRegistryWithAPasswordIsUsedAfterALoginAndNotAfterTheLogout() throws Exception {
        DockerRegistry.assumePrograms("docker-registry", "htpasswd");
        Path configuration = folder.resolve("docker");
        try (DockerRegistry registry = DockerRegistry.withPassword(folder.resolve("closed"), "me", "s3cret")) {
            Jcompose there = jcompose.with("REGISTRY", registry.name()).with("DOCKER_CONFIG", configuration.toString());
            there.ok("build", "-q");
            Jcompose.Result refused = there.run("push", "web");
            assertThat(refused.exitCode()).isEqualTo(1);
            assertThat(refused.err()).contains("jcompose login " + registry.name());
            Jcompose.Result wrong = there.line("echo wrong | jcompose login -u me --password-stdin " + registry.name());
            assertThat(wrong.exitCode()).isEqualTo(1);
            assertThat(wrong.err()).contains("wrong user name or password");

            assertThat(there.line("echo s3cret | jcompose login -u me --password-stdin " + registry.name())
                            .out())
                    .contains("Login Succeeded");
            assertThat(configuration.resolve("config.json")).content().contains(registry.name());
            assertThat(Files.getPosixFilePermissions(configuration.resolve("config.json")))
                    .hasSize(2);
            assertThat(there.run("push", "-q", "--include-deps", "web").err()).isEmpty();
            there.ok("rmi", "-f", registry.name() + "/web:1", registry.name() + "/db:1");
            there.ok("pull", "-q", "web");
            assertThat(names(there)).contains(registry.name() + "/web").doesNotContain(registry.name() + "/db");
            there.ok("pull", "-q", "--include-deps", "web");
            assertThat(names(there)).contains(registry.name() + "/db");

            there.ok("logout", registry.name());
            assertThat(there.run("pull", "db").exitCode()).isEqualTo(1);
            there.ok("rmi", registry.name() + "/web:1", registry.name() + "/db:1");
        }
    }

    private static String names(Jcompose there) throws Exception {
        return there.ok("image", "ls", "--format", "{{.Repository}}");
    }

    @Test
    void anImageGoesThroughAnArchiveUnderAnotherName() throws Exception {
        Jcompose here = jcompose.with("REGISTRY", "localhost");
        here.ok("build", "-q", "db");
        String id = here.ok("image", "ls", "-q", "--no-trunc", "localhost/db:1");
        here.ok("tag", "localhost/db:1", "other:2");
        assertThat(here.line("jcompose save other:2 | gzip >other.tar.gz").exitCode())
                .isZero();
        assertThat(here.ok("image", "history", "-q", "--no-trunc", "other:2")).startsWith(id);
        here.ok("rmi", "localhost/db:1", "other:2");
        assertThat(here.ok("image", "ls", "-q", "other:2")).isEmpty();
        assertThat(here.ok("load", "-i", "other.tar.gz")).isEqualTo("Loaded image: other:2\n");
        assertThat(here.ok("image", "ls", "-q", "--no-trunc", "other:2")).isEqualTo(id);
        here.ok("rmi", "other:2");
    }
}
