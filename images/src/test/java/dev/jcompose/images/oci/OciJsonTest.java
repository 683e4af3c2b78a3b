package dev.jcompose.images.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OciJsonTest {
    private final OciJson json = new OciJson();

    private <T> T read(String document, Class<T> type) throws IOException {
        return json.read(document.getBytes(UTF_8), type, "'x.json'");
    }

    @Test
    void readsAConfigurationAsDockerWritesIt() throws IOException {
        ImageJson image = read("""
                {"architecture":"amd64","os":"linux","created":"2024-05-06T07:08:09Z","docker_version":"24.0.7",
                 "config":{"Hostname":"","User":"postgres","ExposedPorts":{"5432/tcp":{}},"AttachStdin":false,
                   "Env":["PATH=/usr/bin","PGDATA=/data"],"Cmd":["postgres"],"Entrypoint":["docker-entrypoint.sh"],
                   "Healthcheck":{"Test":["CMD-SHELL","pg_isready"],"Interval":5000000000,"Retries":3},
                   "Volumes":{"/data":{}},"WorkingDir":"","OnBuild":null,"Labels":null,"StopSignal":"SIGINT"},
                 "history":[{"created_by":"x","empty_layer":true}],
                 "rootfs":{"type":"layers","diff_ids":[
                   "sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"]}}
                """, ImageJson.class);
        assertThat(image.architecture()).isEqualTo("amd64");
        assertThat(image.config().user()).isEqualTo("postgres");
        assertThat(image.config().exposedPorts()).containsOnlyKeys("5432/tcp");
        assertThat(image.config().env()).containsExactly("PATH=/usr/bin", "PGDATA=/data");
        assertThat(image.config().entrypoint()).containsExactly("docker-entrypoint.sh");
        assertThat(image.config().volumes()).containsOnlyKeys("/data");
        assertThat(image.config().labels()).isEmpty();
        assertThat(image.config().stopSignal()).isEqualTo("SIGINT");
        assertThat(image.rootfs().diffIds()).containsExactly(Digest.ofText("hello\n"));
        ImageJson.Healthcheck check = Objects.requireNonNull(image.config().healthcheck());
        assertThat(check.test()).containsExactly("CMD-SHELL", "pg_isready");
        assertThat(Duration.ofNanos(check.intervalNanos())).isEqualTo(Duration.ofSeconds(5));
        assertThat(check.timeoutNanos()).isZero();
    }

    @Test
    void whatADocumentLacksIsEmpty() throws IOException {
        ImageJson image = read("{}", ImageJson.class);
        assertThat(image.config().cmd()).isEmpty();
        assertThat(image.config().stopSignal()).isNull();
        assertThat(image.rootfs().diffIds()).isEmpty();
        assertThat(read("{\"manifests\":null}", Index.class).manifests()).isEmpty();
    }

    @Test
    void aManifestIsWrittenAsTheSpecificationHasIt() {
        Digest digest = Digest.ofText("hello\n");
        Manifest manifest = Manifest.of(
                Descriptor.of(MediaType.OCI_CONFIG, digest, 0), List.of(Descriptor.of(MediaType.OCI_LAYER, digest, 6)));
        assertThat(new String(json.write(manifest), UTF_8))
                .isEqualTo("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                        + "\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\""
                        + digest
                        + "\",\"size\":0},\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\","
                        + "\"digest\":\"" + digest + "\",\"size\":6}]}");
    }

    @Test
    void sayWhereADocumentIsWrong() {
        assertThatThrownBy(() -> read("{\n  \"os\": [1]}", ImageJson.class))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("'x.json' is not valid: ")
                .hasMessageContaining("(line 2, column ");
        assertThatThrownBy(() -> read("null", ImageJson.class)).hasMessage("'x.json' is not valid: it is null");
        assertThatThrownBy(() -> read("{\"config\":{\"digest\":\"sha256:zz\"}}", Manifest.class))
                .hasMessageContaining("lower-case hexadecimal digits");
        assertThatThrownBy(() -> read("{}", Manifest.class)).hasMessageContaining("manifest without a config");
    }
}
