package dev.jcompose.engine.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.jcompose.engine.testing.BuildScenario;
import dev.jcompose.images.Image;
import dev.jcompose.images.oci.Digest;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms of COPY and ADD, and what must never get into an image. */
@RequiresRoot
class CopyIT extends BuildScenario {
    @Test
    void aFileGoesWhereItsDestinationSays() throws Exception {
        file("a", "A");
        file("d/b", "B");
        Image image = build("""
                FROM busybox
                WORKDIR /w
                COPY a /x/new
                COPY a d/b /y/
                COPY a .
                COPY a /tmp
                COPY ["a", "with space/"]
                COPY $none/a /$z/v
                """);
        assertThat(added(image))
                .containsOnlyKeys(
                        "/w",
                        "/w/a",
                        "/w/with space",
                        "/w/with space/a",
                        "/x",
                        "/x/new",
                        "/y",
                        "/y/a",
                        "/y/b",
                        "/tmp/a",
                        "/v")
                .containsEntry("/x/new", "f 0644 0:0 A");
    }

    @Test
    void theContentOfADirectoryIsCopiedAndModesStay() throws Exception {
        Files.setPosixFilePermissions(file("d/x", "X"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.setPosixFilePermissions(context().resolve("d"), PosixFilePermissions.fromString("rwx------"));
        file("d/sub/y", "Y");
        Files.createSymbolicLink(context().resolve("d/link"), Path.of("/etc/passwd"));
        Image image = build("FROM busybox\nCOPY d /copied\nCOPY d/ /tmp\n");
        assertThat(added(image))
                .containsEntry("/copied", "d 0755 0:0")
                .containsEntry("/copied/x", "f 0750 0:0 X")
                .containsEntry("/copied/sub/y", "f 0644 0:0 Y")
                .containsEntry("/copied/link", "l 0:0 -> /etc/passwd")
                .containsKey("/tmp/sub/y")
                .doesNotContainKey("/tmp");
    }

    @Test
    void patternsAreExpanded() throws Exception {
        file("one.txt", "1");
        file("two.txt", "2");
        file("three.md", "3");
        file("e1/deep.txt", "4");
        Image image = build("FROM busybox\nCOPY *.txt /a/\nCOPY t??.txt e*/[a-d]*.txt /b/\n");
        assertThat(added(image)).containsOnlyKeys("/a", "/a/one.txt", "/a/two.txt", "/b", "/b/two.txt", "/b/deep.txt");
    }

    @Test
    void ownersAndModesAreSet() throws Exception {
        file("f", "F");
        file("d/x", "X");
        Image image = build("""
                FROM busybox
                COPY --chown=app f /1/f
                COPY --chown=app:staff f /2
                COPY --chown=77 f /3
                COPY --chown=77:88 --chmod=4755 d /4
                COPY --chmod=u=rwX,go-r f /5
                """);
        assertThat(added(image))
                .containsEntry("/1", "d 0755 1000:1001")
                .containsEntry("/1/f", "f 0644 1000:1001 F")
                .containsEntry("/2", "f 0644 1000:50 F")
                .containsEntry("/3", "f 0644 77:77 F")
                .containsEntry("/4/x", "f 4755 77:88 X")
                .containsEntry("/5", "f 0600 0:0 F");
        assertThatThrownBy(() -> build("FROM busybox\nCOPY --chown=nobodyhere f /f\n"))
                .hasMessageContaining("Dockerfile:2:6: --chown=nobodyhere: no user \"nobodyhere\"");
    }

    @Test
    void filesComeFromStagesImagesAndContexts() throws Exception {
        file("other/o", "O");
        Image image = build("""
                FROM busybox AS first
                RUN echo 1 >/file && chown app /file && mkdir /dir && ln -s /dir /way && echo 2 >/dir/x
                FROM scratch AS unused
                RUN this would fail
                FROM scratch
                COPY --from=first /file /way/x /
                COPY --from=0 /way /way
                COPY --from=busybox /etc/group /g
                COPY --from=other o /o
                """, "    build: {context: ., additional_contexts: {other: ./other}}\n");
        assertThat(tree(image))
                .containsOnlyKeys("/file", "/x", "/way", "/way/x", "/g", "/o")
                .containsEntry("/file", "f 0644 1000:0 1\\n")
                .containsEntry("/o", "f 0644 0:0 O");
    }

    @Test
    void linkMakesALayerThatDoesNotDependOnTheBase() throws Exception {
        file("f", "F");
        Image on = build("FROM busybox\nCOPY --link f /new/f\n");
        Image off = build("FROM scratch\nCOPY --link f /new/f\n", "    image: off\n");
        var onLayers = document(on).rootfs().diffIds();
        assertThat(document(off).rootfs().diffIds()).containsExactly(onLayers.get(onLayers.size() - 1));
    }

    @Test
    void parentsKeepsDirectoriesAndExcludeLeavesOut() throws Exception {
        file("x/a.txt", "A");
        file("x/b.md", "B");
        file("y/z/a.txt", "Z");
        Image image = build("""
                FROM scratch
                COPY --parents x/a.txt y/z/*.txt /p/
                COPY --parents y/./z/a.txt /q/
                COPY --exclude=*.md x /r
                COPY --exclude=**/a.txt . /s/
                """);
        assertThat(tree(image))
                .containsKeys("/p/x/a.txt", "/p/y/z/a.txt", "/q/z/a.txt", "/r/a.txt", "/s/x/b.md", "/s/Dockerfile")
                .doesNotContainKeys("/q/y", "/r/b.md", "/s/x/a.txt", "/s/y/z/a.txt");
    }

    @Test
    void heredocsBecomeFiles() throws Exception {
        Image image = build("""
                FROM busybox
                ENV who=world
                COPY <<one <<-"two" /d/
                hello $who \\$x "quoted"
                one
                \thello $who
                two
                COPY --chmod=755 --chown=1:2 <<EOF /script
                #!/bin/sh
                EOF
                """);
        assertThat(added(image))
                .containsEntry("/d/one", "f 0644 0:0 hello world $x \"quoted\"\\n")
                .containsEntry("/d/two", "f 0644 0:0 hello $who\\n")
                .containsEntry("/script", "f 0755 1:2 #!/bin/sh\\n");
    }

    @Test
    void addUnpacksArchives() throws Exception {
        file("t/one", "1");
        run(
                "tar",
                "-C",
                context().resolve("t").toString(),
                "-czf",
                context().resolve("a.tgz").toString(),
                ".");
        run(
                "tar",
                "-C",
                context().resolve("t").toString(),
                "-cJf",
                context().resolve("b.tar.xz").toString(),
                "one");
        run(
                "tar",
                "-C",
                context().resolve("t").toString(),
                "-cjf",
                context().resolve("c.bin").toString(),
                "one");
        file("d.tar", "not an archive");
        Image image = build(
                "FROM scratch\nADD a.tgz /a\nADD b.tar.xz /b/\nADD c.bin /c\nADD d.tar /d/\nADD --unpack=false a.tgz /e/\n");
        assertThat(tree(image))
                .containsEntry("/a/one", "f 0644 0:0 1")
                .containsEntry("/b/one", "f 0644 0:0 1")
                .containsEntry("/c/one", "f 0644 0:0 1")
                .containsEntry("/d/d.tar", "f 0644 0:0 not an archive")
                .containsKey("/e/a.tgz");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void addFetchesUrlsAndChecksThem() throws Exception {
        byte[] content = "fetched".getBytes(UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/dir/file.txt", exchange -> {
            exchange.getResponseHeaders().add("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://localhost:" + server.getAddress().getPort() + "/dir/file.txt";
            String right = Digest.ofBytes(content).toString();
            Image image = build("FROM scratch\nADD --checksum=" + right + " " + url + " /d/\nADD " + url + " /named\n");
            assertThat(tree(image))
                    .containsEntry("/d/file.txt", "f 0600 0:0 fetched")
                    .containsEntry("/named", "f 0600 0:0 fetched");
            String wrong = Digest.ofText("else").toString();
            assertThatThrownBy(() -> build("FROM scratch\nADD --checksum=" + wrong + " " + url + " /d/\n"))
                    .hasMessageContaining("Dockerfile:2:1: digest mismatch");
            assertThatThrownBy(() -> build("FROM scratch\nADD " + url.replace("dir", "no") + " /d/\n"))
                    .hasMessageContaining("status 404");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void ignoredFilesAreNotSeen() throws Exception {
        file(".dockerignore", "# all but\n*\n!keep\n!dir/k*\n/keep/secret\n**/*.tmp\n");
        file("keep/a", "A");
        file("keep/secret", "S");
        file("keep/x.tmp", "T");
        file("dir/kept", "K");
        file("dir/not", "N");
        file("top", "T");
        Image image = build("FROM scratch\nCOPY . /\n");
        assertThat(tree(image)).containsOnlyKeys("/keep", "/keep/a", "/dir", "/dir/kept");
        assertThatThrownBy(() -> build("FROM scratch\nCOPY top /\n"))
                .hasMessageContaining("Dockerfile:2:6: \"top\": not found in the build context (.dockerignore may");
        file("Dockerfile.dockerignore", "keep\n");
        assertThat(tree(build("FROM scratch\nCOPY . /\n")))
                .containsKeys("/top", "/dir/not")
                .doesNotContainKey("/keep");
    }

    @Test
    void nothingOutsideOfTheContextCanBeReached(@TempDir Path outside) throws Exception {
        Files.writeString(outside.resolve("secret"), "S");
        Files.createSymbolicLink(context().resolve("absolute"), outside.resolve("secret"));
        Files.createSymbolicLink(context().resolve("directory"), outside);
        Files.createSymbolicLink(context().resolve("up"), Path.of("../../../../../../etc"));
        file("sub/f", "F");
        Files.createSymbolicLink(context().resolve("sub/over"), Path.of("../../.."));
        for (String source : new String[] {
            "absolute",
            "directory/secret",
            "directory",
            "up/passwd",
            "../../../../etc/passwd",
            "sub/over/etc/passwd",
            outside.resolve("secret").toString(),
            "direc*/secret",
            "sub/../../../etc/passwd"
        }) {
            assertThatThrownBy(() -> build("FROM scratch\nCOPY " + source + " /x/\n"))
                    .as(source)
                    .hasMessageContaining("not found in the build context");
        }
        Image links = build("FROM scratch\nCOPY . /c/\n");
        assertThat(tree(links)).containsEntry("/c/absolute", "l 0:0 -> " + outside.resolve("secret"));
        // A link is followed inside the context: its top is the root of all links.
        Files.createSymbolicLink(context().resolve("inside"), Path.of("/../sub/f"));
        assertThat(tree(build("FROM scratch\nCOPY inside /x\n"))).containsEntry("/x", "f 0644 0:0 F");
    }

    @Test
    void aLinkInTheImageLeadsNowhereElse() throws Exception {
        file("f", "F");
        Image image = build("""
                FROM busybox
                RUN ln -s /../../../../../../tmp /esc && ln -s real /way && mkdir /real
                COPY f /esc/f
                COPY f /way/f
                """);
        assertThat(added(image)).containsKeys("/tmp/f", "/real/f");
        assertThat(Path.of("/tmp/f")).doesNotExist();
    }

    @Test
    void severalFilesNeedADirectory() throws Exception {
        file("a", "");
        file("b", "");
        assertThatThrownBy(() -> build("FROM scratch\nCOPY a b /x\n"))
                .hasMessageContaining("Dockerfile:2:10: with more than one source file");
        assertThatThrownBy(() -> build("FROM scratch\nCOPY a\n")).hasMessageContaining("at least two arguments");
        assertThatThrownBy(() -> build("FROM busybox\nCOPY a /bin/sh/x\n")).hasMessageContaining("is not a directory");
        assertThatThrownBy(() -> build("FROM scratch\nCOPY --frm=x a /\n"))
                .hasMessageContaining("Dockerfile:2:6: unknown flag: COPY --frm");
    }
}
