package dev.jcompose.cli.process;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The system's clock, in the system's time zone; looks for the zone only when asked, because that reads a lot of rules.
 */
public final class LocalClock extends Clock {
    private final Clock time = Clock.systemUTC();

    @Override
    public ZoneId getZone() {
        return ZoneId.systemDefault();
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
