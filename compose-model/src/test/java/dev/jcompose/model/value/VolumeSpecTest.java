package dev.jcompose.model.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeSpecTest {

    @ParameterizedTest
    @ValueSource(strings = {"./a:/b", "/a:/b", "~/a:/b", "..:/b", "C:\\a:/b"})
    void sourceThatLooksLikeAPathIsABind(String spec) {
        assertThat(VolumeSpec.parse(spec).isBind()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:/b", "d/e:/b"})
    void otherSourceIsAVolume(String spec) {
        assertThat(VolumeSpec.parse(spec).isBind()).isFalse();
    }

    @Test
    void onePartIsAnAnonymousVolume() {
        assertThat(VolumeSpec.parse("/data")).isEqualTo(new VolumeSpec(null, "/data", List.of()));
        assertThat(VolumeSpec.parse(".")).isEqualTo(new VolumeSpec(null, ".", List.of()));
    }

    @Test
    void oneLetterIsTakenForADrive() {
        assertThat(VolumeSpec.parse("d:/d")).isEqualTo(new VolumeSpec(null, "d:/d", List.of()));
    }

    @Test
    void targetIsCleaned() {
        assertThat(VolumeSpec.parse("data:/a//b/../c/:ro")).isEqualTo(new VolumeSpec("data", "/a/c", List.of("ro")));
    }

    @ParameterizedTest
    @CsvSource({
        "'', invalid empty volume spec",
        "/foo::ro, 'invalid spec: /foo::ro: empty section between colons'",
        "abc:/b:ro:x, 'invalid spec: abc:/b:ro:x: too many colons'"
    })
    void rejectsOtherForms(String spec, String message) {
        assertThatThrownBy(() -> VolumeSpec.parse(spec)).hasMessage(message);
    }
}
