package dev.jcompose.runtime.cgroup;

/** Converts the relative CPU weight of version 1, which Compose and Docker use, to that of version 2. */
final class CpuWeight {
    private static final long LEAST_SHARES = 2;
    private static final long MOST_SHARES = 262_144;
    private static final long MOST_WEIGHT = 10_000;

    private CpuWeight() {}

    /**
     * The weight, 1 to 10000, for shares of 2 to 262144. A curve through three points, so that both scales' ends meet
     * and the default of one (1024) is the default of the other (100), as in current OCI runtimes.
     *
     * @see <a href="https://github.com/kubernetes/kubernetes/issues/131216">why not a straight line</a>
     */
    static long ofShares(long shares) {
        if (shares <= LEAST_SHARES) {
            return 1;
        }
        if (shares >= MOST_SHARES) {
            return MOST_WEIGHT;
        }
        double log = Math.log((double) shares) / Math.log(2);
        return (long) Math.ceil(Math.pow(10, (log * log + 125 * log) / 612 - 7.0 / 34) - 1e-9);
    }
}
