package dev.jcompose.cli.command;

import static dev.jcompose.cli.FakeEngine.container;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.TestWorld;
import dev.jcompose.engine.api.ContainerSummary.Publisher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PsTest {
    @TempDir
    private Path directory;

    private TestWorld world;

    @BeforeEach
    void fill() {
        world = TestWorld.shop(directory);
        world.engine.containers = List.of(
                container(
                        "web", "running", new Publisher("0.0.0.0", 80, 8080, "tcp"), new Publisher("", 443, 0, "tcp")),
                container("db", "running"),
                container("job", "exited"));
    }

    @Test
    void printsTheTableOfDockerCompose() {
        assertThat(world.run("ps")).isZero();

        assertThat(world.out()).isEqualTo("""
                NAME         IMAGE         COMMAND                  SERVICE   CREATED         STATUS                   PORTS
                shop-db-1    postgres:17   "docker-entrypoint.s…"   db        2 minutes ago   Up 5 seconds (healthy)   \

                shop-web-1   postgres:17   "docker-entrypoint.s…"   web       2 minutes ago   Up 5 seconds             443/tcp, 0.0.0.0:8080->80/tcp
                """);
        assertThat(world.err()).isEmpty();
    }

    @Test
    void withAllItShowsWhatHasEnded() {
        world.run("ps", "--all");

        assertThat(world.out().lines().skip(2).findFirst().orElseThrow())
                .startsWith("shop-job-1")
                .contains("Exited (3) About a minute ago");
    }

    @Test
    void jsonIsOneObjectPerLineWithDockersNames() {
        world.run("ps", "--format", "json", "web");

        assertThat(world.out()).isEqualTo("""
                {"Command":"\\"docker-entrypoint.s…\\"","CreatedAt":"2026-01-02 15:01:55 +0000 UTC","ExitCode":0,\
                "Health":"","ID":"web012345678","Image":"postgres:17","Labels":"a=b,com.docker.compose.project=shop",\
                "LocalVolumes":"1","Mounts":"shop_data,/srv","Name":"shop-web-1","Names":"shop-web-1",\
                "Networks":"shop_default","Ports":"443/tcp, 0.0.0.0:8080->80/tcp","Project":"shop","Publishers":\
                [{"URL":"0.0.0.0","TargetPort":80,"PublishedPort":8080,"Protocol":"tcp"},\
                {"URL":"","TargetPort":443,"PublishedPort":0,"Protocol":"tcp"}],"RunningFor":"2 minutes ago",\
                "Service":"web","Size":"0B","State":"running","Status":"Up 5 seconds"}
                """);
    }

    @Test
    void noTruncShowsWholeCommandsAndIds() {
        world.run("ps", "--no-trunc", "--format", "{{.ID}} {{.Command}}", "db");

        assertThat(world.out())
                .isEqualTo(container("db", "running").id() + " \"docker-entrypoint.sh postgres -c fsync=off\"\n");
    }

    @Test
    void quietPrintsIdsAndServicesPrintsServices() {
        world.run("ps", "-q", "db");
        assertThat(world.out()).isEqualTo(container("db", "running").id() + "\n");

        world.run("ps", "--services");
        assertThat(world.out()).isEqualTo("db\nweb\n");
    }

    @Test
    void aStatusImpliesAll() {
        world.run("ps", "--status", "exited", "--services");
        assertThat(world.out()).isEqualTo("job\n");

        world.run("ps", "--filter", "status=exited", "--services");
        assertThat(world.out()).isEqualTo("job\n");
    }

    @Test
    void orphansCanBeHidden() {
        world.run("ps", "-a", "--orphans=false", "--services");

        assertThat(world.out()).isEqualTo("db\nweb\n");
    }

    @Test
    void aFilterThatIsNoneIsRefused() {
        assertThat(world.run("ps", "--filter", "status")).isEqualTo(1);
        assertThat(world.err()).isEqualTo("arguments to --filter should be in form KEY=VAL\n");

        world.run("ps", "--filter", "size=3");
        assertThat(world.err()).isEqualTo("unknown filter size\n");
    }

    @Test
    void anUnknownServiceIsNamedWithTheNearestKnownOne() {
        assertThat(world.run("ps", "wbe")).isEqualTo(1);

        assertThat(world.err()).isEqualTo("no such service: wbe (did you mean \"web\"?)\n");
    }

    @Test
    void aProjectNameIsEnoughWithoutAFile(@TempDir Path empty) {
        TestWorld elsewhere = TestWorld.in(empty);
        elsewhere.engine.containers = world.engine.containers;

        assertThat(elsewhere.run("-p", "shop", "ps", "--services")).isZero();
        assertThat(elsewhere.out()).isEqualTo("db\nweb\n");

        assertThat(elsewhere.run("ps")).isEqualTo(1);
        assertThat(elsewhere.err()).startsWith("no configuration file provided: not found\n");
    }

    @Test
    void theFormatMayBeInDockersConfiguration() throws Exception {
        Files.writeString(directory.resolve("config.json"), "{\"psFormat\": \"{{.Service}}!\"}");
        world.environment.put("DOCKER_CONFIG", directory.toString());

        world.run("ps", "db");
        assertThat(world.out()).isEqualTo("db!\n");
        world.run("ps", "--format", "{{.State}}", "db");
        assertThat(world.out()).isEqualTo("running\n");

        Files.writeString(directory.resolve("config.json"), "{");
        world.run("ps", "db");
        assertThat(world.out()).startsWith("NAME ");
    }
}
