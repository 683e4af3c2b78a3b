package dev.jcompose.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CgroupLimitsTest {

    @ParameterizedTest
    @CsvSource({"0,1", "2,1", "512,59", "1024,100", "2048,174", "262144,10000", "999999,10000"})
    void sharesBecomeAWeightWithTheSameDefault(long shares, long weight) {
        assertThat(CpuWeight.ofShares(shares)).isEqualTo(weight);
    }

    @Test
    void aSwapLimitBelowTheMemoryLimitIsRefused() {
        assertThatThrownBy(() -> CgroupLimits.builder()
                        .memoryBytes(100L)
                        .memorySwapBytes(99L)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("memory and swap limit 99 is less than the memory limit 100");
    }

    @Test
    void valuesBelowTheirRangeAreRefused() {
        assertThatThrownBy(() -> CgroupLimits.builder().cpuPeriodMicros(999L).build())
                .hasMessage("cpu period 999 is less than 1000");
        assertThatThrownBy(() -> CgroupLimits.builder().pidsLimit(-2L).build())
                .hasMessage("pids limit -2 is less than -1");
    }

    @Test
    void anUnboundedDoubleOfMemoryIsNoLimit() {
        assertThat(CgroupLimits.builder().memoryBytes(Long.MAX_VALUE).build().defaultMemorySwapBytes())
                .isEqualTo(-1);
    }
}
