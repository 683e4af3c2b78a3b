package dev.jcompose.images.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.images.task.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program {@code docker-credential-NAME} that keeps passwords.
 *
 * @see <a href="https://github.com/docker/docker-credential-helpers#development">its protocol</a>
 */
final class CredentialHelper {
    private static final int PATIENCE_SECONDS = 30;
    private static final String TOKEN_USER = "<token>";
    private static final String NOT_FOUND = "credentials not found in native keychain";

    private final String name;
    private final Map<String, String> environment;
    private final JsonMapper json;

    CredentialHelper(String name, Map<String, String> environment, JsonMapper json) {
        this.name = name;
        this.environment = environment;
        this.json = json;
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
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("credential helper '%s %s' did not end within %d seconds"
                        .formatted(program(), action, PATIENCE_SECONDS));
            }
        } catch (InterruptedException e) {
            throw Cancellation.of(e);
        } finally {
            process.destroyForcibly();
        }
        return new Answer(process.exitValue(), output);
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
