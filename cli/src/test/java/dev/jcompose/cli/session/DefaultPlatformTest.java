package dev.jcompose.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.TestWorld;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultPlatformTest {
    @TempDir
    private Path directory;

    @Test
    void isThatOfServicesThatSayNone() {
        TestWorld world = TestWorld.with(directory, """
                name: shop
                services:
                  own: {image: a, platform: linux/amd64}
                  any: {image: b}
                """);
        world.environment.put("DOCKER_DEFAULT_PLATFORM", "linux/arm64");

        world.run("up", "-d");

        JsonObject services = JsonObject.parse(
                        world.engine.requests(UpRequest.class).get(0).projectJson())
                .object("services");
        assertThat(services.object("own").string("platform")).isEqualTo("linux/amd64");
        assertThat(services.object("any").string("platform")).isEqualTo("linux/arm64");
        world.run("config");
        assertThat(world.out()).doesNotContain("arm64");
    }

    @Test
    void mustBeOneThatIsBuiltFor() {
        TestWorld world = TestWorld.with(directory, """
                name: shop
                services:
                  app: {build: {context: ., platforms: [linux/amd64]}}
                """);
        world.environment.put("DOCKER_DEFAULT_PLATFORM", "linux/arm64");

        assertThat(world.run("up", "-d")).isEqualTo(1);
        assertThat(world.err())
                .isEqualTo("service \"app\" build.platforms does not support value set by DOCKER_DEFAULT_PLATFORM:"
                        + " linux/arm64\n");
    }

    @Test
    void namesOfBuiltImagesAreJoinedAsThoseOfContainers() {
        TestWorld world = TestWorld.with(directory, "name: shop\nservices: {app: {build: .}}\n");

        world.run("config", "--images");
        assertThat(world.out()).isEqualTo("shop-app\n");
        world.run("--compatibility", "config", "--images");
        assertThat(world.out()).isEqualTo("shop_app\n");
    }
}
