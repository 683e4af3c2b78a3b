package dev.jcompose.images.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.images.registry.RegistryException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Says what is wrong, and what the user can do about it. */
final class Explanations {
    private static final int SHOWN = 300;

    private Explanations() {}

    /** A server that could not be asked at all. */
    static IOException unreachable(String registry, URI uri, IOException e) {
        if (e instanceof InterruptedIOException interrupted && !(e instanceof HttpTimeoutException)) {
            return interrupted;
        }
        String what = "cannot reach registry '%s' (%s): ".formatted(registry, uri.getAuthority());
        if (cause(e, CertificateException.class) != null
                || String.valueOf(e.getMessage()).contains("PKIX")) {
            return new RegistryException(
                    Kind.UNAVAILABLE,
                    what + "its certificate is not trusted: " + deepest(e)
                            + "; put the certificate of its authority into /etc/docker/certs.d/" + registry
                            + "/ca.crt, or name it in registries.json",
                    e);
        }
        SSLException tls = cause(e, SSLException.class);
        if (tls != null) {
            boolean plain = String.valueOf(tls.getMessage()).contains("nrecognized SSL message");
            return new RegistryException(
                    Kind.UNAVAILABLE,
                    what
                            + (plain
                                    ? "it speaks http, not https; if that is right, say {\"insecure\": true} of it in"
                                            + " registries.json"
                                    : "TLS failed: " + tls.getMessage()),
                    e);
        }
        if (isUnknownHost(e)) {
            return new RegistryException(
                    Kind.UNAVAILABLE, what + "no such host: is the name right, and is there a network?", e);
        }
        if (e instanceof HttpConnectTimeoutException) {
            return new RegistryException(Kind.UNAVAILABLE, what + "no answer; is a proxy needed (HTTPS_PROXY)?", e);
        }
        if (cause(e, ConnectException.class) != null) {
            return new RegistryException(Kind.UNAVAILABLE, what + "connection refused", e);
        }
        return new RegistryException(Kind.UNAVAILABLE, what + deepest(e), e);
    }

    /** Whether the name of the server means nothing. */
    static boolean isUnknownHost(IOException e) {
        return cause(e, UnknownHostException.class) != null || cause(e, UnresolvedAddressException.class) != null;
    }

    /** A proxy that wants to know who asks. */
    static RegistryException proxyRefused(String registry, String proxy) {
        return new RegistryException(
                Kind.DENIED,
                "cannot reach registry '%s': proxy '%s' wants a user name and a password, and does not accept %s"
                        .formatted(
                                registry,
                                proxy.replaceFirst("//[^/@]*@", "//"),
                                proxy.contains("@")
                                        ? "those of its URL"
                                        : "none: give them in its URL, http://USER:PASSWORD@HOST:PORT"));
    }

    /** A token server that gave no token. */
    static IOException tokenRefused(
            String registry, Optional<Credentials> login, HttpResponse<?> response, byte[] body) {
        int status = response.statusCode();
        if (status == 401 || status == 403 || status == 400) {
            String who = login.map(user -> "the login of '" + user.username() + "' is not accepted")
                    .orElse("it does not let anybody in without a login");
            return new RegistryException(
                    Kind.DENIED, "registry '%s': %s: %s".formatted(registry, who, detail(status, body)));
        }
        return status == 429
                ? new RegistryException(Kind.LIMITED, limited(registry, detail(status, body)))
                : new RegistryException(
                        Kind.UNAVAILABLE,
                        "token server of registry '%s' failed: %s".formatted(registry, detail(status, body)));
    }

    /** A registry that answered, but not with what was asked for. */
    static RegistryException refused(String what, String registry, int status, byte[] body) {
        String detail = detail(status, body);
        return switch (status) {
            case 401, 403 -> new RegistryException(Kind.DENIED, what + ": " + detail);
            case 404 -> new RegistryException(Kind.NOT_FOUND, what + ": " + detail);
            case 429 -> new RegistryException(Kind.LIMITED, what + ": " + limited(registry, detail));
            default -> new RegistryException(Kind.UNAVAILABLE, what + ": registry '" + registry + "': " + detail);
        };
    }

    private static String limited(String registry, String detail) {
        return "registry '%s' limits how often it is asked (%s); wait, or log in to be allowed more: jcompose login %s"
                .formatted(registry, detail, registry);
    }

    /** What the registry itself says. */
    private static String detail(int status, byte[] body) {
        try {
            JsonNode json = JsonMapper.shared().readTree(body);
            JsonNode error = json.path("errors").path(0);
            String code =
                    error.path("code").asString("").toLowerCase(Locale.ROOT).replace('_', ' ');
            String message = error.path("message").asString("");
            if (!code.isEmpty() || !message.isEmpty()) {
                return message.isEmpty() || message.toLowerCase(Locale.ROOT).startsWith(code)
                        ? code + message.substring(Math.min(message.length(), code.length()))
                        : code + ": " + message;
            }
            String details = json.path("details").asString(json.path("message").asString(""));
            if (!details.isEmpty()) {
                return details;
            }
        } catch (JacksonException e) {
            // Not all that answers HTTP answers in JSON.
        }
        String text = new String(body, UTF_8).strip();
        boolean readable = !text.isEmpty() && !text.startsWith("<") && text.length() <= SHOWN;
        return readable ? "HTTP status " + status + ": " + text : "HTTP status " + status;
    }

    private static <T extends Throwable> @Nullable T cause(Throwable e, Class<T> type) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }

    private static String deepest(Throwable e) {
        Throwable at = e;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        String message = at.getMessage();
        return message == null || message.isEmpty() ? at.getClass().getSimpleName() : message;
    }
}
