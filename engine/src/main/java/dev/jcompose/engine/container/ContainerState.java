package dev.jcompose.engine.container;

import java.util.Locale;

/** What a container is doing, in Docker's words. */
public enum ContainerState {
    CREATED,
    RUNNING,
    PAUSED,
    /** It has ended and will be started again. */
    RESTARTING,
    EXITED,
    /** It could not be removed wholly. */
    DEAD;

    /** As Docker writes it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
