package dev.jcompose.engine.logs.syslog;

import java.util.Map;

/**
 * To which server a service's lines go, and how they look there.
 *
 * @param facility 0 to 23
 * @param tag a template, see {@link SyslogTag}
 * @see <a href="https://docs.docker.com/engine/logging/drivers/syslog/">Docker's syslog driver</a>
 */
public record SyslogPlan(SyslogAddress address, int facility, SyslogFormat format, String tag) {

    /**
     * As the driver's options say; others are not looked at.
     *
     * @throws IllegalArgumentException naming the option that is wrong
     */
    public static SyslogPlan of(Map<String, String> options) {
        return new SyslogPlan(
                SyslogAddress.parse(options.get("syslog-address")),
                SyslogFacility.parse(options.get("syslog-facility")),
                SyslogFormat.parse(options.get("syslog-format")),
                SyslogTag.parse(options.get("tag")));
    }
}
