package dev.jcompose.engine.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.model.load.ComposeLoader;
import dev.jcompose.model.load.LoadRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environment: {URL: 'http://host.docker.internal:8080/'}",
                "command: wait-for host.jcompose.internal:5432",
                "entrypoint: [ping, gateway.docker.internal]",
                "extra_hosts: ['db:host-gateway']"
            })
    void aServiceThatNamesTheHostAsksIt(String setting) throws IOException {
        assertThat(areUsed(setting)).isTrue();
    }

    @Test
    void othersDoNot() throws IOException {
        assertThat(areUsed("environment: {URL: 'http://db/', EMPTY: null}")).isFalse();
        assertThat(areUsed("extra_hosts: ['db:192.0.2.1']")).isFalse();
    }

    private boolean areUsed(String setting) throws IOException {
        Files.writeString(directory.resolve("compose.yaml"), "name: p\nservices: {web: {image: i, " + setting + "}}\n");
        LoadRequest request =
                LoadRequest.builder(directory).environment(Map.of()).build();
        return HostNames.areUsedBy(new ComposeLoader().load(request).project());
    }
}
