package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GpusTest {

    @Test
    void allIsEveryOne() {
        assertThat(canonical("""
                        gpus: all
                        """)).isEqualTo("""
                        gpus:
                          - count: -1
                        """);
    }

    @Test
    void listHasCountsOrIds() {
        assertThat(canonical("""
                        gpus: [{count: "2", driver: d, options: [k=v]}, {device_ids: ["0"], capabilities: [c]}, {count: all}]
                        """)).isEqualTo("""
                        gpus:
                          - count: 2
                            driver: d
                            options:
                              k: v
                          - capabilities:
                              - c
                            device_ids:
                              - "0"
                          - count: -1
                        """);
    }

    @Test
    void notBoth() {
        assertThat(problems("""
                        gpus: [{count: 1, device_ids: ["0"]}]
                        """))
                .containsExactly(
                        "compose.yaml:4:12: services.a.gpus[0]: services.a.gpus.[]: \"count\" and \"device_ids\" attributes are exclusive");
    }

    @Test
    void countIsANumberOrAll() {
        assertThat(problems("""
                        gpus: [{count: some}]
                        """))
                .containsExactly(
                        "compose.yaml:4:20: services.a.gpus[0].count: invalid value \"some\", the only value allowed is 'all' or a number");
    }
}
