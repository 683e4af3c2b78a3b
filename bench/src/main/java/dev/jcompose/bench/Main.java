package dev.jcompose.bench;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** Runs the benchmarks, with JMH's own options, and ends with a table of medians. */
public final class Main {
    private Main() {}

    /**
     * {@code args} are those of JMH: a pattern of names, {@code -f 1}, {@code -i 20}, and so on; all if there are none.
     */
    public static void main(String[] args) throws CommandLineOptionException, RunnerException {
        Collection<RunResult> results = new Runner(new CommandLineOptions(args)).run();
        System.out.println();
        results.stream().sorted(Comparator.comparing(Main::name)).forEach(Main::print);
    }

    private static void print(RunResult result) {
        var statistics = result.getPrimaryResult().getStatistics();
        System.out.printf(
                Locale.ROOT,
                "%-50s median %9.2f  best %9.2f  p90 %9.2f  %s (%d)%n",
                name(result),
                statistics.getPercentile(50),
                statistics.getMin(),
                statistics.getPercentile(90),
                result.getPrimaryResult().getScoreUnit(),
                statistics.getN());
    }

    private static String name(RunResult result) {
        var parameters = result.getParams();
        String benchmark = parameters.getBenchmark().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1");
        return benchmark
                + parameters.getParamsKeys().stream()
                        .map(key -> " " + key + "=" + parameters.getParam(key))
                        .collect(Collectors.joining());
    }
}
