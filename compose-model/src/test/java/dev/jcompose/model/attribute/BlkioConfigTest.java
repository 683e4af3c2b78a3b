package dev.jcompose.model.attribute;

import static dev.jcompose.model.Loading.canonical;
import static dev.jcompose.model.Loading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlkioConfigTest {

    @Test
    void ratesAreSizes() {
        assertThat(canonical("""
                        blkio_config:
                          weight: "300"
                          weight_device: [{path: /dev/a, weight: 400}]
                          device_read_bps: [{path: /dev/a, rate: 12mb}]
                          device_read_iops: [{path: /dev/a, rate: 120}]
                          device_write_bps: [{path: /dev/a, rate: "1024k"}]
                          device_write_iops: [{path: /dev/a, rate: "30"}]
                        """)).isEqualTo("""
                        blkio_config:
                          device_read_bps:
                            - path: /dev/a
                              rate: "12582912"
                          device_read_iops:
                            - path: /dev/a
                              rate: "120"
                          device_write_bps:
                            - path: /dev/a
                              rate: "1048576"
                          device_write_iops:
                            - path: /dev/a
                              rate: "30"
                          weight: 300
                          weight_device:
                            - path: /dev/a
                              weight: 400
                        """);
    }

    @Test
    void weightIsNotNegative() {
        assertThat(problems("""
                        blkio_config: {weight: -1}
                        """))
                .containsExactly("compose.yaml:4:28: services.a.blkio_config.weight: -1 overflows uint");
    }
}
