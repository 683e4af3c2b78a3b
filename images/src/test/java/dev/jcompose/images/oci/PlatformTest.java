package dev.jcompose.images.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {

    @ParameterizedTest
    @CsvSource({
        "linux/amd64,    linux/amd64",
        "linux/x86_64,   linux/amd64",
        "arm64,          linux/arm64",
        "linux/arm64/v8, linux/arm64",
        "linux/aarch64,  linux/arm64",
        "linux/arm,      linux/arm/v7",
        "linux/arm/v6,   linux/arm/v6",
        "armhf,          linux/arm/v7",
        "i386,           linux/386",
        "Linux/AMD64,    linux/amd64"
    })
    void allSpellingsOfAPlatformAreOne(String text, String normal) {
        assertThat(Platform.parse(text)).hasToString(normal);
    }

    @Test
    void theSameVariantSuitsBestAndAnOlderOneWillDo() {
        Platform v7 = Platform.parse("linux/arm/v7");
        assertThat(v7.suits(v7)).isGreaterThan(v7.suits(Platform.parse("linux/arm/v6")));
        assertThat(v7.suits(Platform.parse("linux/arm/v6"))).isPositive();
        assertThat(Platform.parse("linux/arm/v6").suits(v7)).isZero();
        assertThat(v7.suits(Platform.parse("linux/arm64"))).isZero();
        assertThat(Platform.parse("linux/arm64").suits(new Platform("linux", "arm64", "v8")))
                .isEqualTo(2);
    }

    @Test
    void whatIsNoPlatformIsRefused() {
        assertThatThrownBy(() -> Platform.parse("linux/amd64/v2/x"))
                .hasMessage("platform 'linux/amd64/v2/x' is not OS/ARCH[/VARIANT]");
        assertThatThrownBy(() -> Platform.parse("linux/")).isInstanceOf(IllegalArgumentException.class);
    }
}
