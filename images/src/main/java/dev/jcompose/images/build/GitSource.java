package dev.jcompose.images.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.linux.Linux;
import dev.jcompose.linux.overlay.TreeRemoval;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A git repository that a build takes files from: {@code URL[#REF[:DIRECTORY]]}. It is fetched by the command
 * {@code git}, which knows all protocols and how to log in; only what the reference needs, without history.
 *
 * @param url as git takes it
 * @param ref branch, tag or commit; empty for what the repository says
 * @param directory below the repository's top; empty for the top
 * @see <a href="https://docs.docker.com/build/concepts/context/#git-repositories">Docker, git repositories</a>
 */
public record GitSource(String url, String ref, String directory) {
    private static final Pattern HTTP = Pattern.compile("https?://[^?#]*\\.git([?#].*)?");
    private static final Pattern HUB = Pattern.compile("(github|gitlab)\\.com/.+/.+");
    private static final Pattern SCP = Pattern.compile("[A-Za-z0-9._-]+@[A-Za-z0-9._-]+:.+");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final List<String> ENVIRONMENT = List.of(
            "HOME",
            "PATH",
            "SSH_AUTH_SOCK",
            "GIT_SSH_COMMAND",
            "SSL_CERT_FILE",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "all_proxy",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "ALL_PROXY");

    /** Whether a text is a repository and not a directory or file. */
    public static boolean isOne(String text) {
        return text.startsWith("git://")
                || text.startsWith("ssh://")
                || HTTP.matcher(text).matches()
                || HUB.matcher(text).matches()
                || SCP.matcher(text).matches();
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if the directory would leave the repository, or a part begins like an option
     */
    public static GitSource parse(String text) {
        int hash = text.indexOf('#');
        String url = hash < 0 ? text : text.substring(0, hash);
        String fragment = hash < 0 ? "" : text.substring(hash + 1);
        int colon = fragment.indexOf(':');
        String ref = colon < 0 ? fragment : fragment.substring(0, colon);
        String directory = colon < 0 ? "" : fragment.substring(colon + 1);
        int question = url.indexOf('?');
        if (question >= 0) {
            for (String parameter : url.substring(question + 1).split("&")) {
                String value = parameter.substring(parameter.indexOf('=') + 1);
                switch (parameter.substring(0, Math.max(0, parameter.indexOf('=')))) {
                    case "ref", "branch", "tag", "commit" -> ref = value;
                    case "subdir" -> directory = value;
                    default ->
                        throw new IllegalArgumentException(
                                "\"%s\": known after ? are ref, branch, tag, commit, subdir".formatted(text));
                }
            }
            url = url.substring(0, question);
        }
        String clean = directory.replaceFirst("^/+", "");
        if (ref.startsWith("-")
                || url.startsWith("-")
                || List.of(clean.split("/")).contains("..")) {
            throw new IllegalArgumentException("\"%s\" is not URL[#REF[:DIRECTORY]]".formatted(text));
        }
        return new GitSource(HUB.matcher(url).matches() ? "https://" + url : url, ref, clean);
    }

    /**
     * A checkout.
     *
     * @param directory the one that was asked for
     * @param commit its full name
     * @param committed seconds since the epoch
     */
    public record Checkout(Path directory, String commit, long committed) {}

    /**
     * Fetches it with its submodules.
     *
     * @param target an empty directory; a log is written beside it
     * @param environment of the caller: how to get at the repository
     * @param keepGit whether {@code .git} stays
     * @param output is given the lines of git
     * @throws IOException if git is not there, or fails; with its words
     */
    public Checkout fetch(
            Linux linux, Path target, Map<String, String> environment, boolean keepGit, Consumer<String> output)
            throws IOException {
        Git git = new Git(target, environment, output);
        git.run("init", "--quiet", "--initial-branch=main");
        git.run("remote", "add", "origin", url);
        String wanted = ref.isEmpty() ? "HEAD" : ref;
        try {
            git.run("fetch", "--quiet", "--depth=1", "origin", wanted);
            git.run("checkout", "--quiet", "--detach", "FETCH_HEAD");
        } catch (IOException e) {
            // Some servers give no commit by its name, unless they give everything.
            if (!COMMIT.matcher(wanted).matches()) {
                throw e;
            }
            git.run("fetch", "--quiet", "--tags", "origin", "+refs/heads/*:refs/remotes/origin/*");
            git.run("checkout", "--quiet", "--detach", wanted);
        }
        git.run("submodule", "--quiet", "update", "--init", "--recursive", "--depth=1");
        String[] said = git.run("log", "-1", "--format=%H %ct").strip().split(" ");
        Path directory = target.resolve(this.directory).toRealPath();
        if (!directory.startsWith(target.toRealPath()) || !Files.isDirectory(directory)) {
            throw new IOException("\"%s\" is no directory of %s".formatted(this.directory, url));
        }
        if (!keepGit) {
            forget(linux, target);
        }
        return new Checkout(directory, said[0], Long.parseLong(said[1]));
    }

    /** Removes what only git reads: directories, and the files of submodules that name them. */
    private static void forget(Linux linux, Path target) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(target)) {
            all = paths.filter(path -> path.endsWith(".git")).toList();
        }
        for (Path path : all) {
            new TreeRemoval(linux).remove(path);
        }
    }

    /** Runs the command in one directory. */
    private record Git(Path directory, Map<String, String> environment, Consumer<String> output) {
        private static final int SHOWN = 2000;

        /** On the caller's PATH, which need not be that of this process. */
        private String program() throws IOException {
            String path = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
            for (String directory : path.split(":")) {
                Path file = Path.of(directory, "git");
                if (file.isAbsolute() && Files.isExecutable(file)) {
                    return file.toString();
                }
            }
            throw new IOException("repositories need the command git, which is not on the PATH (%s)".formatted(path));
        }

        String run(String... arguments) throws IOException {
            List<String> command = new ArrayList<>(List.of(program(), "-c", "advice.detachedHead=false"));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
            Map<String, String> variables = new HashMap<>(builder.environment());
            builder.environment().clear();
            for (String name : ENVIRONMENT) {
                @Nullable String value = environment.containsKey(name) ? environment.get(name) : variables.get(name);
                if (value != null) {
                    builder.environment().put(name, value);
                }
            }
            builder.environment().put("GIT_TERMINAL_PROMPT", "0");
            builder.environment().put("GIT_ALLOW_PROTOCOL", "http:https:ssh:git");
            builder.environment().putIfAbsent("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
            // A file, not a pipe: a thread that waits for the end of a process can be interrupted.
            Path log = directory.resolveSibling(directory.getFileName() + ".log");
            builder.redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(log.toFile());
            Process process = builder.start();
            try {
                int code = process.waitFor();
                String said = new String(Files.readAllBytes(log), UTF_8).strip();
                if (code != 0) {
                    String end = said.substring(Math.max(0, said.length() - SHOWN));
                    throw new IOException("git %s failed with %d: %s".formatted(arguments[0], code, end));
                }
                said.lines().forEach(output);
                return said;
            } catch (InterruptedException e) {
                throw Build.interrupted(e);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }
}
