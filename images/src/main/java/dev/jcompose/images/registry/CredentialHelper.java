package dev.jcompose.images.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.images.task.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program {@code docker-credential-NAME} that keeps passwords.
 *
 * @see <a href="https://github.com/docker/docker-credential-helpers#development">its protocol</a>
 */
final class CredentialHelper {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TOKEN_USER = "<token>";
    private static final String NOT_FOUND = "credentials not found in native keychain";

    private final String name;
    private final Map<String, String> environment;
    private final JsonMapper json;
    private final Duration patience;

    CredentialHelper(String name, Map<String, String> environment, JsonMapper json) {
        this(name, environment, json, PATIENCE);
    }

    /** @param patience until it has answered, and until it has ended then */
    CredentialHelper(String name, Map<String, String> environment, JsonMapper json, Duration patience) {
        this.name = name;
        this.environment = environment;
        this.json = json;
        this.patience = patience;
    }

    /** What it has for a server; empty if it has nothing. */
    Optional<Credentials> get(String server) throws IOException {
        Answer answer = run("get", server);
        if (answer.status() != 0) {
            if (answer.output().contains(NOT_FOUND)) {
                return Optional.empty();
            }
            throw failed("get", answer);
        }
        try {
            JsonNode node = json.readTree(answer.output());
            String user = node.path("Username").asString("");
            String secret = node.path("Secret").asString("");
            return Optional.of(
                    user.equals(TOKEN_USER) ? new Credentials("", "", secret) : Credentials.of(user, secret));
        } catch (JacksonException e) {
            throw new IOException("credential helper '%s' did not answer in JSON".formatted(program()), e);
        }
    }

    void store(String server, Credentials credentials) throws IOException {
        boolean token = !credentials.identityToken().isEmpty();
        Answer answer = run(
                "store",
                json.createObjectNode()
                        .put("ServerURL", server)
                        .put("Username", token ? TOKEN_USER : credentials.username())
                        .put("Secret", token ? credentials.identityToken() : credentials.password())
                        .toString());
        if (answer.status() != 0) {
            throw failed("store", answer);
        }
    }

    void erase(String server) throws IOException {
        Answer answer = run("erase", server);
        if (answer.status() != 0 && !answer.output().contains(NOT_FOUND)) {
            throw failed("erase", answer);
        }
    }

    private record Answer(int status, String output) {}

    private String program() {
        return "docker-credential-" + name;
    }

    private IOException failed(String action, Answer answer) {
        return new IOException("credential helper '%s %s' failed with status %d: %s"
                .formatted(program(), action, answer.status(), answer.output().strip()));
    }

    private Answer run(String action, String input) throws IOException {
        if (name.contains("/")) {
            throw new IOException("credential helper '" + name + "' is not the end of a program's name");
        }
        ProcessBuilder builder = new ProcessBuilder(find(), action).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            String output = CompletableFuture.supplyAsync(() -> talk(process, input), CredentialHelper::onOwnThread)
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Answer(process.exitValue(), output);
            }
            throw new TimeoutException();
        } catch (TimeoutException e) {
            throw new IOException(
                    "credential helper '%s %s' did not end within %d seconds"
                            .formatted(program(), action, patience.toSeconds()),
                    e);
        } catch (ExecutionException e) {
            throw new IOException("credential helper '%s %s': %s".formatted(program(), action, e.getMessage()), e);
        } catch (InterruptedException e) {
            throw Cancellation.of(e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Reads from a process do not end when they take too long, nor when their thread is interrupted. */
    private static void onOwnThread(Runnable task) {
        Thread thread = new Thread(task, "credential-helper");
        thread.setDaemon(true);
        thread.start();
    }

    private static String talk(Process process, String input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(UTF_8));
        } catch (IOException e) {
            // It has ended without listening, and says why.
        }
        try {
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On the caller's PATH, which need not be that of this process. */
    private String find() throws IOException {
        String path = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        for (String directory : path.split(":")) {
            Path file = Path.of(directory.isEmpty() ? "." : directory, program());
            if (file.isAbsolute() && Files.isExecutable(file)) {
                return file.toString();
            }
        }
        throw new IOException("credential helper '%s', which config.json asks for, is not on the PATH (%s)"
                .formatted(program(), path));
    }
}
