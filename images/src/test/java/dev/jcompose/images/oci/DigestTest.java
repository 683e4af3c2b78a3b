package dev.jcompose.images.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {

    @Test
    void isThatOfSha256sum() {
        assertThat(Digest.ofText("hello\n"))
                .hasToString("sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03");
    }

    @Test
    void readsWhatItPrints() {
        String text = "sha512:" + "0a".repeat(64);
        assertThat(Digest.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256", "sha256:", "sha256:ab", "md5:00", "SHA256:00", "sha256:../../../etc/passwd"})
    void refusesWhatIsNoDigest(String text) {
        assertThatThrownBy(() -> Digest.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("digest");
    }

    @Test
    void upperCaseDigitsWouldBeASecondNameForTheSameContent() {
        assertThatThrownBy(() -> Digest.parse("sha256:" + "0A".repeat(32)))
                .hasMessageContaining("64 lower-case hexadecimal digits");
    }
}
