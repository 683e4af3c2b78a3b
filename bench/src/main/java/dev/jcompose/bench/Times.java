package dev.jcompose.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Durations that a benchmark has measured beside JMH's, in order. */
final class Times {
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<Duration> times = new ArrayList<>();

    void add(Duration time) {
        times.add(time);
    }

    /** Of all but the first. */
    double medianMillis(int warmUps) {
        List<Duration> sorted = sorted(warmUps);
        return sorted.get(sorted.size() / 2).toNanos() / NANOS_PER_MILLI;
    }

    /** Likewise the shortest. */
    double bestMillis(int warmUps) {
        return sorted(warmUps).get(0).toNanos() / NANOS_PER_MILLI;
    }

    private List<Duration> sorted(int warmUps) {
        return times.stream().skip(warmUps).sorted().toList();
    }
}
