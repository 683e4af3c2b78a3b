package dev.jcompose.cli.hosted;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.TimeZone;

/** The system's clock, in the time zone of a client: what {@code TZ} says, or else the system's. */
final class ClientClock extends Clock {
    private final Clock time = Clock.systemUTC();
    private final String variable;

    ClientClock(String variable) {
        this.variable = variable;
    }

    @Override
    public ZoneId getZone() {
        if (variable.isEmpty()) {
            return ZoneId.systemDefault();
        }
        // As the JVM of the client would: a name that nobody knows is UTC.
        String name = variable.startsWith(":") ? variable.substring(1) : variable;
        return TimeZone.getTimeZone(name).toZoneId();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.system(zone);
    }

    @Override
    public Instant instant() {
        return time.instant();
    }
}
