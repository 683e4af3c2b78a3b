package dev.jcompose.engine.assemble;

import dev.jcompose.engine.logs.LogLimits;
import dev.jcompose.engine.logs.syslog.SyslogPlan;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a container's output.
 *
 * @param limits how much of it is there at a time
 * @param kept whether it can be read later, or only while it comes
 * @param syslog where it goes beside; null for nowhere
 */
public record LogPlan(
        LogLimits limits, boolean kept, @Nullable SyslogPlan syslog) {
    /** Of what is not kept: as much as those who follow it may lag behind. */
    static final LogLimits LIVE = new LogLimits(1024 * 1024, 2);
}
