package dev.jcompose.engine.logs.syslog;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * To which server a service's lines go, and how they look there.
 *
 * @param facility 0 to 23
 * @param tag a template, see {@link SyslogTag}
 * @see <a href="https://docs.docker.com/engine/logging/drivers/syslog/">Docker's syslog driver</a>
 */
public record SyslogPlan(SyslogServer server, int facility, SyslogFormat format, String tag) {

    /**
     * As the driver's options say; others are not looked at.
     *
     * @throws IllegalArgumentException naming the option that is wrong
     */
    public static SyslogPlan of(Map<String, String> options) {
        return new SyslogPlan(
                SyslogServer.of(options),
                SyslogFacility.parse(options.get("syslog-facility")),
                SyslogFormat.parse(options.get("syslog-format")),
                SyslogTag.parse(options.get("tag")));
    }

    /** The files that it needs and nobody can read. */
    public List<Path> missingFiles() {
        return server.missingFiles();
    }

    /**
     * Whether each message begins with its length.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc5425#section-4.3">RFC 5425, 4.3</a>
     */
    boolean isCounted() {
        return server.address().isSecure() && format.isModern();
    }
}
