package dev.jcompose.model.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.model.Loading;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final String FILE = """
            x-env: &env {A: 1}
            services:
              a:
                extends: base
                environment: {<<: *env, B: "${V:-2}"}
                labels: {com.example.x: y}
              base: {image: x, ports: ["80:80"]}
            """;

    private static List<String> explain(String path) {
        return new ComposeLoader()
                .explain(Loading.of(FILE).request(), path).stream()
                        .map(Explanation::toString)
                        .toList();
    }

    @Test
    void tellsWhereEachValueCameFrom() {
        assertThat(explain("services.a.environment"))
                .containsExactly(
                        "services.a.environment.B: 2    compose.yaml:5:32, from \"${V:-2}\"",
                        "services.a.environment.A: 1    compose.yaml:1:17, through the merge key << at"
                                + " compose.yaml:5:19");
        assertThat(explain("services.a.image"))
                .containsExactly("services.a.image: x    compose.yaml:7:17, inherited by extends at compose.yaml:4:14");
    }

    @Test
    void pathsMayHaveIndexesAndKeysWithDots() {
        assertThat(explain("services.a.ports[0].target")).hasSize(1);
        assertThat(explain("services.a.labels.com.example.x")).hasSize(1);
    }

    @Test
    void unknownPathIsAnError() {
        assertThatThrownBy(() -> explain("services.zz")).hasMessage("nothing at \"services.zz\"");
        assertThatThrownBy(() -> explain("services.a.ports[7]")).hasMessageContaining("nothing at");
    }
}
