package dev.jcompose.engine.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.runtime.container.MountSpec.TmpfsMount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TmpfsOptionsTest {

    @Test
    void aPathAloneIsForEverybody() {
        assertThat(TmpfsOptions.parse("/tmp")).isEqualTo(new TmpfsMount("/tmp", 0, 01777, 0, 0, false, false));
    }

    @Test
    void allOptionsAreRead() {
        assertThat(TmpfsOptions.parse("/x:size=64m,mode=750,uid=10,gid=20,ro,exec"))
                .isEqualTo(new TmpfsMount("/x", 64 << 20, 0750, 10, 20, true, true));
    }

    @Test
    void whatIsTheDefaultMayBeSaid() {
        assertThat(TmpfsOptions.parse("/x:rw,noexec,nosuid,nodev")).isEqualTo(TmpfsOptions.parse("/x"));
    }

    @ParameterizedTest
    @CsvSource({"1024, 1024", "2k, 2048", "3M, 3145728", "1g, 1073741824"})
    void sizesHaveUnits(String text, long bytes) {
        assertThat(TmpfsOptions.parse("/x:size=" + text).sizeBytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x:size=much", "/x:size=", "/x:mode=9", "/x:uid=root", "/x:colour=red"})
    void whatMakesNoSenseIsQuoted(String entry) {
        assertThatThrownBy(() -> TmpfsOptions.parse(entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + entry + "\"");
    }
}
