package dev.jcompose.engine.api;

/**
 * How the plan of a command is carried out.
 *
 * @param dryRun only tell what would happen, and change nothing
 * @param parallel how many steps at a time, at least 1; {@link #UNLIMITED}
 * @param timings also tell how long each step took, by events of {@link Event.Action#TIMING}
 */
public record Execution(boolean dryRun, int parallel, boolean timings) {

    /** As many steps at a time as can be. */
    public static final int UNLIMITED = -1;

    /** For real, without a limit. */
    public static final Execution USUAL = new Execution(false, UNLIMITED);

    /** Without timings. */
    public Execution(boolean dryRun, int parallel) {
        this(dryRun, parallel, false);
    }

    public Execution {
        if (parallel != UNLIMITED && parallel < 1) {
            throw new IllegalArgumentException("parallel is " + parallel + ", neither 1 or more nor -1");
        }
    }
}
