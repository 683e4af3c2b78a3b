package dev.jcompose.engine.supervise;

import java.util.Locale;

/** What is known of a container's health. It belongs to one start and is {@link #STARTING} again after the next. */
public enum HealthStatus {
    /** It has no health check. */
    NONE,
    /** No check has passed yet, and not enough have failed. */
    STARTING,
    HEALTHY,
    UNHEALTHY;

    /** As Docker writes it; empty for {@link #NONE}. */
    public String text() {
        return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
    }
}
