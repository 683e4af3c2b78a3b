package dev.jcompose.engine.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.testing.BuildScenario;
import dev.jcompose.images.Image;
import dev.jcompose.images.testing.DockerRegistry;
import dev.jcompose.linux.testing.RequiresRoot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that come from repositories, which a git daemon on loopback serves. */
@RequiresRoot
class GitContextIT extends BuildScenario {
    private static final Path DAEMON = Path.of("/usr/lib/git-core/git-daemon");
    private static final Map<String, String> AUTHOR = Map.of(
            "GIT_AUTHOR_NAME", "a",
            "GIT_AUTHOR_EMAIL", "a@example",
            "GIT_COMMITTER_NAME", "a",
            "GIT_COMMITTER_EMAIL", "a@example",
            "GIT_CONFIG_GLOBAL", "/dev/null");

    @TempDir
    Path served;

    private Process daemon;
    private String url;

    @BeforeEach
    void serve() throws Exception {
        assumeTrue(Files.isExecutable(DAEMON), "needs the program git, with git-daemon");
        Path repository = Files.createDirectory(served.resolve("repo.git"));
        git("init", "--quiet", "--initial-branch=main");
        commit("Dockerfile", "FROM busybox\nCOPY file /file\nRUN [ ! -e .git ]\n", "file", "first");
        git("tag", "v1");
        commit("file", "second", "sub/Dockerfile", "FROM busybox\nCOPY . /sub/\n");
        git("checkout", "--quiet", "-b", "other", "v1");
        commit("file", "of the branch");
        git("checkout", "--quiet", "main");
        assertThat(repository).isNotEmptyDirectory();
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        daemon = new ProcessBuilder(
                        DAEMON.toString(),
                        "--export-all",
                        "--reuseaddr",
                        "--listen=127.0.0.1",
                        "--port=" + port,
                        "--base-path=" + served)
                .redirectErrorStream(true)
                .redirectOutput(served.resolve("log").toFile())
                .start();
        url = "git://127.0.0.1:" + port + "/repo.git";
        Awaitility.await().until(() -> answers(port));
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (daemon != null) {
            daemon.descendants().forEach(ProcessHandle::destroyForcibly);
            daemon.destroyForcibly().waitFor();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private String git(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("git", "-C", served.resolve("repo.git").toString()));
        command.addAll(List.of(arguments));
        return DockerRegistry.run(AUTHOR, command.toArray(String[]::new)).strip();
    }

    private void commit(String... files) throws Exception {
        for (int i = 0; i < files.length; i += 2) {
            Path file = served.resolve("repo.git").resolve(files[i]);
            Files.createDirectories(file.getParent());
            Files.writeString(file, files[i + 1]);
        }
        git("add", "--all");
        git("commit", "--quiet", "-m", "x");
    }

    private Image buildFrom(String context) throws IOException {
        return build("", "    build: {context: '" + context + "'}\n");
    }

    @Test
    void aRepositoryIsAContextAsItIsAtItsBranchTagOrCommit() throws Exception {
        assertThat(content(buildFrom(url), "/file")).isEqualTo("second");
        assertThat(content(buildFrom(url + "#v1"), "/file")).isEqualTo("first");
        assertThat(content(buildFrom(url + "#other"), "/file")).isEqualTo("of the branch");
        assertThat(content(buildFrom(url + "#" + git("rev-parse", "v1")), "/file"))
                .isEqualTo("first");
        assertThat(content(buildFrom(url + "?ref=other"), "/file")).isEqualTo("of the branch");
    }

    @Test
    void aDirectoryOfItIsAContextToo() throws Exception {
        assertThat(added(buildFrom(url + "#main:sub"))).containsOnlyKeys("/sub", "/sub/Dockerfile");
        assertThatThrownBy(() -> buildFrom(url + "#main:../.."))
                .hasMessageContaining("services.web.build: context \"")
                .hasMessageContaining("is not URL[#REF[:DIRECTORY]]");
        assertThatThrownBy(() -> buildFrom(url + "#main:none")).hasMessageContaining("none");
    }

    @Test
    void anAdditionalContextAndAnAddTakeFilesOfIt() throws Exception {
        Image image = build(
                """
                FROM busybox
                COPY --from=repo file /copied
                ADD %s#v1 /added/
                ADD --keep-git-dir --chown=3:4 %s#other:sub/.. /none/
                """.formatted(url, url).replace(":sub/..", ""),
                "    build: {context: ., additional_contexts: {repo: '" + url + "#other'}}\n");
        assertThat(content(image, "/copied")).isEqualTo("of the branch");
        assertThat(content(image, "/added/file")).isEqualTo("first");
        Map<String, String> tree = added(image);
        assertThat(tree).doesNotContainKey("/added/.git").containsKey("/none/.git/HEAD");
        assertThat(tree.get("/none/file")).startsWith("f 0644 3:4");
    }

    @Test
    void anAddOfTheSameCommitIsTakenFromTheCache() throws Exception {
        String dockerfile = "FROM busybox\nADD --checksum=%s %s#v1 /added/\n"
                .formatted(git("rev-parse", "v1").substring(0, 12), url);
        Image first = build(dockerfile);
        assertThat(build(dockerfile).id()).isEqualTo(first.id());
        assertThat(output()).contains("CACHED");
        assertThatThrownBy(() -> build("FROM busybox\nADD --checksum=0123456789 " + url + " /added/\n"))
                .hasMessageContaining("Dockerfile:2:")
                .hasMessageContaining("digest mismatch");
    }

    @Test
    void whatCannotBeFetchedIsNamedWithTheWordsOfGit() {
        assertThatThrownBy(() -> buildFrom(url + "#none"))
                .hasMessageContaining("context \"" + url + "#none\": git fetch failed with 128")
                .hasMessageContaining("couldn't find remote ref none");
        assertThatThrownBy(() -> build(
                        "",
                        "    build: {context: '" + url + "'}\n",
                        request -> request.with(Map.of("PATH", "/nowhere"))))
                .hasMessageContaining("repositories need the command git, which is not on the PATH (/nowhere)");
        assertThatThrownBy(() -> buildFrom("ftp://files.example/context.tar"))
                .hasMessageContaining("is neither a directory, a git repository");
    }
}
