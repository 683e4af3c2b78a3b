package dev.jcompose.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.images.oci.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io/library/nginx:latest, nginx:latest",
        "nginx:1.27, docker.io/library/nginx:1.27, nginx:1.27",
        "docker.io/nginx, docker.io/library/nginx:latest, nginx:latest",
        "index.docker.io/library/nginx, docker.io/library/nginx:latest, nginx:latest",
        "bitnami/redis:7, docker.io/bitnami/redis:7, bitnami/redis:7",
        "docker.io/bitnami/redis:7, docker.io/bitnami/redis:7, bitnami/redis:7",
        "localhost/host, localhost/host:latest, localhost/host:latest",
        "localhost:5000/a/b_c:x, localhost:5000/a/b_c:x, localhost:5000/a/b_c:x",
        "ghcr.io/owner/app__x:v1, ghcr.io/owner/app__x:v1, ghcr.io/owner/app__x:v1",
        "[::1]:5000/app, [::1]:5000/app:latest, [::1]:5000/app:latest",
        "Registry/app, Registry/app:latest, Registry/app:latest",
        "library/nginx, docker.io/library/nginx:latest, nginx:latest",
    })
    void fillsInWhatIsLeftOutAndPrintsBothForms(String text, String canonical, String familiar) {
        ImageReference reference = ImageReference.parse(text);
        assertThat(reference.canonical()).isEqualTo(canonical);
        assertThat(reference).hasToString(familiar);
        assertThat(ImageReference.parse(reference.toString())).isEqualTo(reference);
        assertThat(ImageReference.parse(reference.canonical())).isEqualTo(reference);
    }

    @Test
    void aDigestReplacesTheDefaultTag() {
        ImageReference reference = ImageReference.parse("nginx@sha256:" + HEX);
        assertThat(reference.tag()).isNull();
        assertThat(reference.digest()).isEqualTo(Digest.parse("sha256:" + HEX));
        assertThat(reference).hasToString("nginx@sha256:" + HEX);
    }

    @Test
    void tagAndDigestAreBothKept() {
        ImageReference reference = ImageReference.parse("localhost:5000/app:v1@sha256:" + HEX);
        assertThat(reference.tag()).isEqualTo("v1");
        assertThat(reference.canonical()).isEqualTo("localhost:5000/app:v1@sha256:" + HEX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":tag",
                "nginx:",
                "nginx:-x",
                "a//b",
                "/nginx",
                "nginx/",
                "-nginx",
                "a..b",
                "a___b",
                "nginx@sha256:12",
                "nginx@md5:aaaa",
                "localhost:port/x",
                "a b",
                "ghcr.io/",
                "x:y:z",
                "../etc/passwd",
                "localhost/../x"
            })
    void refusesWhatIsNotAReferenceAndQuotesIt(String text) {
        assertThatThrownBy(() -> ImageReference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("invalid image reference '" + text + "': ");
    }

    @Test
    void saysThatARepositoryIsLowerCase() {
        assertThatThrownBy(() -> ImageReference.parse("docker.io/Library/nginx"))
                .hasMessage("invalid image reference 'docker.io/Library/nginx':"
                        + " repository 'Library/nginx' must be lower case");
    }

    @Test
    void anIdIsNotAName() {
        assertThatThrownBy(() -> ImageReference.parse(HEX))
                .hasMessageEndingWith("64 hexadecimal digits are an image id, not a name");
    }

    @Test
    void refusesANameThatIsTooLong() {
        assertThatThrownBy(() -> ImageReference.parse("a".repeat(256)))
                .hasMessageEndingWith("longer than 255 characters");
    }

    @Test
    void aLonePartThatLooksLikeAHostKeepsItsLibrary() {
        ImageReference reference = ImageReference.parse("library/app.v1");
        assertThat(reference).hasToString("library/app.v1:latest");
        assertThat(ImageReference.parse(reference.toString())).isEqualTo(reference);
    }
}
