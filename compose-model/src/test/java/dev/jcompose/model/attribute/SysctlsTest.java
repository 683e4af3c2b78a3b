package dev.jcompose.model.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.Loading;
import org.junit.jupiter.api.Test;

class SysctlsTest {

    @Test
    void formsMergeByKey() {
        assertThat(Loading.of("""
                        services: {a: {image: x, sysctls: {net.a: 1, net.b: "2"}}}
                        """, """
                        services: {a: {sysctls: ["net.b=3", "net.c=4"]}}
                        """).printed()).isEqualTo("""
                        sysctls:
                          net.a: "1"
                          net.b: "3"
                          net.c: "4"
                        """);
    }
}
