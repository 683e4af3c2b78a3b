package dev.jcompose.engine.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.images.ImageConfig;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    private static final ImageConfig IMAGE =
            ImageConfigs.image().entrypoint("/entry").cmd("serve", "-v").build();

    @Test
    void isTheImagesWhenTheServiceSaysNothing() {
        assertThat(of(service())).containsExactly("/entry", "serve", "-v");
    }

    @Test
    void aCommandReplacesTheImagesCommandAndKeepsItsEntrypoint() {
        assertThat(of(service().command(List.of("check")))).containsExactly("/entry", "check");
    }

    @Test
    void anEntrypointDropsTheImagesCommand() {
        assertThat(of(service().entrypoint(List.of("sh", "-c")))).containsExactly("sh", "-c");
        assertThat(of(service().entrypoint(List.of("sh")).command(List.of("x"))))
                .containsExactly("sh", "x");
    }

    @Test
    void anEmptyEntrypointLeavesTheCommandAlone() {
        assertThat(of(service().entrypoint(List.of()).command(List.of("env")))).containsExactly("env");
    }

    @Test
    void anEmptyCommandLeavesTheEntrypointAlone() {
        assertThat(of(service().command(List.of()))).containsExactly("/entry");
    }

    @Test
    void noCommandAnywhereIsAnErrorThatNamesBoth() {
        assertThatThrownBy(() -> CommandLine.of(
                        service().image("empty:1").build(), ImageConfigs.image().build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("\"web\"", "empty:1");
    }

    private static ServiceBuilder service() {
        return Service.builder("web");
    }

    private static List<String> of(ServiceBuilder service) {
        return CommandLine.of(service.build(), IMAGE);
    }
}
