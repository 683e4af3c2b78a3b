package dev.jcompose.engine.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.images.ImageConfig;
import dev.jcompose.model.Service;
import dev.jcompose.model.ServiceBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    private static final ImageConfig IMAGE =
            ImageConfigs.image().env("PATH=/opt/bin", "LEVEL=1", "TEXT=a=b").build();

    @Test
    void thereIsAlwaysAPathAndTheHostName() {
        assertThat(Environment.of(
                        Service.builder("web").build(), ImageConfigs.image().build(), "host1", Map.of()))
                .containsExactly("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOSTNAME=host1");
    }

    @Test
    void theImageIsOverTheEngineAndTheServiceOverTheImage() {
        assertThat(of(Service.builder("web").environment(Map.of("LEVEL", "2")), Map.of()))
                .contains("PATH=/opt/bin", "LEVEL=2", "TEXT=a=b");
    }

    @Test
    void aVariableWithoutAValueTakesTheImagesAway() {
        Map<String, @Nullable String> environment = new HashMap<>();
        environment.put("LEVEL", null);
        assertThat(of(Service.builder("web").environment(environment), Map.of()))
                .noneMatch(variable -> variable.startsWith("LEVEL"));
    }

    @Test
    void anEmptyValueIsAValue() {
        assertThat(of(Service.builder("web").environment(Map.of("LEVEL", "")), Map.of()))
                .contains("LEVEL=");
    }

    @Test
    void whatIsGivenToOneCommandIsOverAll() {
        assertThat(of(Service.builder("web").environment(Map.of("LEVEL", "2")), Map.of("LEVEL", "3")))
                .contains("LEVEL=3")
                .doesNotContain("LEVEL=2");
    }

    @Test
    void aTerminalHasAType() {
        assertThat(of(Service.builder("web").tty(true), Map.of())).contains("TERM=xterm");
        assertThat(of(Service.builder("web"), Map.of())).noneMatch(variable -> variable.startsWith("TERM"));
    }

    private static List<String> of(ServiceBuilder service, Map<String, String> extra) {
        return Environment.of(service.build(), IMAGE, "host1", extra);
    }
}
