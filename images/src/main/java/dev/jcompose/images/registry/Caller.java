package dev.jcompose.images.registry;

import dev.jcompose.images.registry.RegistryException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one server until it answers: logs in when it asks, follows redirects, comes back when it is busy.
 */
final class Caller {
    private static final int MAX_REDIRECTS = 10;
    private static final int MAX_ERROR_BYTES = 1 << 16;
    private static final String USER_AGENT = "jcompose";

    private final Transport transport;
    private final Authorization authorization;
    private final Endpoint endpoint;
    private final Patience patience;
    private final StallGuard guard;

    Caller(Transport transport, Authorization authorization, Endpoint endpoint, Patience patience, StallGuard guard) {
        this.transport = transport;
        this.authorization = authorization;
        this.endpoint = endpoint;
        this.patience = patience;
        this.guard = guard;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Patience patience() {
        return patience;
    }

    /**
     * What is asked.
     *
     * @param what for errors
     * @param scopes what the answer to a login must allow
     * @param body says method and body, as often as it is needed
     */
    record Call(String what, URI uri, List<String> scopes, List<String> headers, Consumer<HttpRequest.Builder> body) {

        static Call get(String what, URI uri, List<String> scopes, String... headers) {
            return new Call(what, uri, scopes, List.of(headers), HttpRequest.Builder::GET);
        }

        static Call head(String what, URI uri, List<String> scopes, String... headers) {
            return new Call(
                    what,
                    uri,
                    scopes,
                    List.of(headers),
                    builder -> builder.method("HEAD", HttpRequest.BodyPublishers.noBody()));
        }
    }

    /**
     * The answer, whatever its status; the body is to be closed.
     *
     * @throws RegistryException if the server cannot be reached, or stays busy or out of order
     */
    HttpResponse<InputStream> send(Call call) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Duration asked;
            try {
                HttpResponse<InputStream> response = authorized(call);
                if (!isBusy(response.statusCode()) || attempt >= patience.attempts()) {
                    return response;
                }
                Optional<Duration> retryAfter = retryAfter(response);
                if (retryAfter.isPresent() && retryAfter.get().compareTo(patience.longest()) > 0) {
                    return response;
                }
                response.body().close();
                asked = retryAfter.orElse(Duration.ZERO);
            } catch (RegistryException e) {
                throw e;
            } catch (IOException e) {
                boolean canceled = e instanceof InterruptedIOException && !(e instanceof HttpTimeoutException);
                if (canceled || attempt >= patience.attempts() || isHopeless(e)) {
                    throw Explanations.unreachable(endpoint.registry(), call.uri(), e);
                }
                asked = Duration.ZERO;
            }
            Duration pause = patience.pause(attempt);
            Patience.sleep(asked.compareTo(pause) > 0 ? asked : pause);
        }
    }

    /** The answer, if it has one of these statuses. */
    HttpResponse<InputStream> expect(Call call, Integer... statuses) throws IOException {
        HttpResponse<InputStream> response = send(call);
        if (!List.of(statuses).contains(response.statusCode())) {
            throw refused(call, response);
        }
        return response;
    }

    RegistryException refused(Call call, HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            return Explanations.refused(
                    call.what(), endpoint.registry(), response.statusCode(), body.readNBytes(MAX_ERROR_BYTES));
        }
    }

    /** A body that fails when it comes to a stand. */
    InputStream body(HttpResponse<InputStream> response) {
        return guard.guard(response.body());
    }

    private static boolean isBusy(int status) {
        return status == 408 || status == 429 || (status >= 500 && status != 501 && status != 505);
    }

    /** What will be the same next time. */
    private static boolean isHopeless(IOException e) {
        return e instanceof SSLHandshakeException
                || String.valueOf(e.getMessage()).contains("SSL message")
                || String.valueOf(e.getMessage()).contains("fatal alert")
                || Explanations.isUnknownHost(e);
    }

    private HttpResponse<InputStream> authorized(Call call) throws IOException {
        String header = authorization.header(endpoint, call.scopes());
        HttpResponse<InputStream> response = redirected(call, header);
        if (response.statusCode() != 401) {
            return response;
        }
        List<Challenge> challenges = Challenge.parse(response.headers().allValues("WWW-Authenticate"));
        String better = authorization.answer(endpoint, call.scopes(), challenges, header);
        if (better == null) {
            return response;
        }
        response.body().close();
        return redirected(call, better);
    }

    private HttpResponse<InputStream> redirected(Call call, @Nullable String header) throws IOException {
        URI uri = call.uri();
        for (int i = 0; i < MAX_REDIRECTS; i++) {
            HttpResponse<InputStream> response = once(call, uri, header);
            Optional<String> location = response.headers().firstValue("Location");
            boolean redirect = response.statusCode() >= 301 && response.statusCode() <= 308;
            if (!redirect || location.isEmpty()) {
                return response;
            }
            response.body().close();
            uri = endpoint.follow(uri, location.get())
                    .orElseThrow(() -> new RegistryException(
                            Kind.DAMAGED,
                            "%s: registry '%s' redirects to '%s', which is not an https URL"
                                    .formatted(call.what(), endpoint.registry(), location.get())));
        }
        throw new RegistryException(
                Kind.DAMAGED,
                "%s: registry '%s' redirects more than %d times"
                        .formatted(call.what(), endpoint.registry(), MAX_REDIRECTS));
    }

    private HttpResponse<InputStream> once(Call call, URI uri, @Nullable String header) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(patience.answer()).header("User-Agent", USER_AGENT);
        call.body().accept(request);
        for (int i = 0; i < call.headers().size(); i += 2) {
            request.header(call.headers().get(i), call.headers().get(i + 1));
        }
        boolean atHome = isSameOrigin(uri, endpoint.base());
        // Storage that a registry redirects to must not see what lets one into the registry.
        if (header != null && atHome) {
            request.header("Authorization", header);
        }
        return transport.send(atHome ? endpoint.registry() : uri.getAuthority(), request.build());
    }

    private static boolean isSameOrigin(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }

    /** @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-retry-after">RFC 9110, 10.2.3</a> */
    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        Optional<String> header = response.headers().firstValue("Retry-After");
        if (header.isEmpty()) {
            return Optional.empty();
        }
        String value = header.get().strip();
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration until = Duration.between(Instant.now(), then);
            return Optional.of(until.isNegative() ? Duration.ZERO : until);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
