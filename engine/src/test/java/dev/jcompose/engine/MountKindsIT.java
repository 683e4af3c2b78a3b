package dev.jcompose.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.testing.EngineScenario;
import dev.jcompose.engine.testing.TestEngine;
import dev.jcompose.images.testing.ImageTar;
import dev.jcompose.images.testing.LayerTar;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@RequiresRoot
class MountKindsIT extends EngineScenario {
    private static final String SHARED = """
            services:
              owner:
                image: localhost/host
                command: sleep 1000
                volumes: ["shared:/shared"]
              user:
                image: localhost/host
                command: sleep 1000
                volumes: ["shared:/shared"]
            volumes:
              shared: {driver_opts: {type: tmpfs, device: tmpfs, o: "size=1m,noexec"}}
            """;

    @Test
    void aVolumeOnAFileSystemIsOneForAllContainersAndMountedOnlyWhileOneRuns() throws Exception {
        up(SHARED);
        assertThat(exec("owner", "echo hi > /shared/file")).isEqualTo("0: ");
        assertThat(exec("user", "cat /shared/file; stat -f -c %T /shared")).isEqualTo("0: hi\ntmpfs\n");
        engine().engine().projects().stop(TestEngine.services("owner"), engine().listener());
        assertThat(isMounted()).isTrue();
        assertThat(exec("user", "cat /shared/file")).isEqualTo("0: hi\n");
        engine().engine().projects().stop(TestEngine.services("user"), engine().listener());
        assertThat(isMounted()).isFalse();
    }

    @Test
    void anotherEngineKnowsWhoUsesTheFileSystem() throws Exception {
        up(SHARED);
        killEngine();
        startAnotherEngine();
        engine().engine().projects().stop(TestEngine.services("owner"), engine().listener());
        assertThat(isMounted()).isTrue();
        engine().engine().projects().stop(TestEngine.services("user"), engine().listener());
        assertThat(isMounted()).isFalse();
    }

    @Test
    void aFileSystemThatCannotBeMountedIsNamedWithItsOptions() {
        assertThatThrownBy(() -> up(SHARED.replace("type: tmpfs", "type: nosuchfs")))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("cannot mount volume 'p_shared'", "nosuchfs", "ENODEV");
    }

    @Test
    void aServiceHasTheVolumesOfAnotherAndOfItsOwn() throws Exception {
        Files.writeString(Files.createDirectory(directory().resolve("bound")).resolve("file"), "of the host");
        up("""
                services:
                  owner:
                    image: localhost/host
                    command: sleep 1000
                    volumes: ["named:/named", "/anonymous", "./bound:/bound", "named:/both"]
                    tmpfs: ["/memory"]
                  user:
                    image: localhost/host
                    command: sleep 1000
                    volumes_from: ["owner:ro"]
                    volumes: ["other:/both"]
                volumes: {named: {}, other: {}}
                """);
        exec("owner", "echo one > /named/file; echo two > /anonymous/file");
        assertThat(exec("user", "cat /named/file /anonymous/file /bound/file; ls /both"))
                .isEqualTo("0: one\ntwo\nof the host");
        assertThat(exec("user", "touch /named/x /anonymous/x /bound/x")).startsWith("1: ");
        assertThat(exec("user", "touch /both/x")).isEqualTo("0: ");
        assertThat(exec("user", "test -e /memory")).startsWith("1: ");
    }

    @Test
    void anImageIsMountedWithAllItsLayersOrAPartOfIt() throws Exception {
        byte[] tar = new ImageTar("localhost/parts")
                .layer(new LayerTar()
                        .directory("data/")
                        .file("data/one", "1")
                        .file("data/gone", "x")
                        .bytes())
                .layer(new LayerTar()
                        .file("data/two", "2")
                        .file("data/.wh.gone", "")
                        .bytes())
                .ociLayout();
        engine().engine().images().load(new ByteArrayInputStream(tar));
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    volumes:
                      - {type: image, source: localhost/parts, target: /whole}
                      - {type: image, source: localhost/parts, target: /part, image: {subpath: data}}
                """);
        assertThat(exec("web", "ls /whole /whole/data /part | tr '\\n' ' '"))
                .isEqualTo("0: /part: one two  /whole: data  /whole/data: one two ");
        assertThat(exec("web", "touch /part/x")).contains("Read-only file system");
    }

    @Test
    void withIdmapHostTheContainersUserWritesAsTheOwnerOfTheDirectory() throws Exception {
        Path source = Files.createDirectory(directory().resolve("mine"));
        Files.setAttribute(source, "unix:uid", 1000);
        Files.setAttribute(source, "unix:gid", 1001);
        up("""
                services:
                  web:
                    image: localhost/host
                    command: sleep 1000
                    user: "70:71"
                    volumes:
                      - {type: bind, source: ./mine, target: /mine, x-idmap: host}
                      - {type: bind, source: ./mine, target: /as-it-is}
                """);
        assertThat(exec("web", "touch /mine/file && stat -c '%u:%g' /mine/file /as-it-is/file"))
                .isEqualTo("0: 70:71\n1000:1001\n");
        assertThat(Files.getAttribute(source.resolve("file"), "unix:uid")).isEqualTo(1000);
        assertThat(exec("web", "touch /as-it-is/other")).contains("Permission denied");
    }

    @Test
    void aFileSystemThatCannotMapOwnersIsSaidToBeTheReason() {
        assertThatThrownBy(() -> up("""
                        services:
                          web:
                            image: localhost/host
                            command: sleep 1000
                            user: "70"
                            volumes: [{type: bind, source: /proc/bus, target: /bus, x-idmap: host}]
                        """))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("owner of \"/proc/bus\"", "its file system", "EINVAL");
    }

    private String exec(String service, String script) {
        return engine().exec("p-" + service + "-1", "sh", "-c", script);
    }

    private boolean isMounted() throws IOException {
        String data = directory().resolve("data/volumes/p_shared/_data").toString();
        return Files.readString(Path.of("/proc/self/mountinfo")).contains(" " + data + " ");
    }
}
