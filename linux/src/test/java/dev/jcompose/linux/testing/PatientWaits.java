package dev.jcompose.linux.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Gives every {@code await()} of every test the time that a slow machine with other work needs. What comes, comes soon;
 * only a test that fails takes longer. JUnit finds this by itself.
 */
public final class PatientWaits implements LauncherSessionListener {
    /** How long to wait for what has to come. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(PATIENCE);
    }
}
