package dev.jcompose.engine.logs.syslog;

import dev.jcompose.images.tls.ClientKey;
import dev.jcompose.images.tls.ClientTls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server, and how to speak with it.
 *
 * @param tls null for plain text
 */
record SyslogServer(SyslogAddress address, @Nullable ClientTls tls) {
    private static final String AUTHORITY = "syslog-tls-ca-cert";
    private static final String CERTIFICATE = "syslog-tls-cert";
    private static final String KEY = "syslog-tls-key";
    private static final String SKIP_VERIFY = "syslog-tls-skip-verify";

    /**
     * As the driver's options say; those about TLS matter with {@code tcp+tls} only.
     *
     * @throws IllegalArgumentException naming the option that is wrong
     */
    static SyslogServer of(Map<String, String> options) {
        SyslogAddress address = SyslogAddress.parse(options.get("syslog-address"));
        return new SyslogServer(address, address.isSecure() ? tls(options) : null);
    }

    private static ClientTls tls(Map<String, String> options) {
        Path authority = file(options, AUTHORITY);
        Path certificate = file(options, CERTIFICATE);
        Path key = file(options, KEY);
        if (certificate == null != (key == null)) {
            throw new IllegalArgumentException(CERTIFICATE + " and " + KEY + " are of use only together");
        }
        return new ClientTls(
                authority == null ? List.of() : List.of(authority),
                null,
                !skipsVerification(options.get(SKIP_VERIFY)),
                certificate == null || key == null ? List.of() : List.of(new ClientKey(certificate, key)));
    }

    private static @Nullable Path file(Map<String, String> options, String option) {
        String text = options.getOrDefault(option, "");
        if (text.isEmpty()) {
            return null;
        }
        Path file = Path.of(text);
        if (!file.isAbsolute()) {
            throw new IllegalArgumentException(option + " \"" + text + "\" is not an absolute path");
        }
        return file;
    }

    /** Docker takes the option's presence for a yes. */
    private static boolean skipsVerification(@Nullable String value) {
        return switch (value == null ? "false" : value) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(SKIP_VERIFY + " \"" + value + "\" is not true or false");
        };
    }

    /** The files that it needs and nobody can read. */
    List<Path> missingFiles() {
        List<Path> files = new ArrayList<>();
        if (tls != null) {
            files.addAll(tls.authorities());
            for (ClientKey key : tls.keys()) {
                files.add(key.certificate());
                files.add(key.key());
            }
        }
        files.removeIf(Files::isReadable);
        return files;
    }
}
