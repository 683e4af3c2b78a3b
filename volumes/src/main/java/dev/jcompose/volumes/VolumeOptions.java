package dev.jcompose.volumes;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a volume is made with.
 *
 * @param driver only {@link #LOCAL} exists
 * @param driverOpts for {@link #LOCAL}, see {@link LocalDriver}
 */
public record VolumeOptions(String driver, Map<String, String> driverOpts, Map<String, String> labels) {
    /** The driver that keeps volumes in directories of this machine. */
    public static final String LOCAL = "local";

    /** A plain directory. */
    public static final VolumeOptions DEFAULT = new VolumeOptions(LOCAL, Map.of(), Map.of());

    public VolumeOptions {
        requireNonNull(driver, "driver");
        driverOpts = Map.copyOf(driverOpts);
        labels = Map.copyOf(labels);
    }

    /**
     * How an existing volume differs from this, one line per driver or option, sorted. Labels do not count: they do not
     * change what a container sees.
     */
    public List<String> differencesTo(Volume volume) {
        List<String> lines = new ArrayList<>();
        if (!driver.equals(volume.driver())) {
            lines.add("driver is '%s', wanted '%s'".formatted(volume.driver(), driver));
        }
        TreeSet<String> names = new TreeSet<>(volume.options().keySet());
        names.addAll(driverOpts.keySet());
        for (String name : names) {
            String is = volume.options().get(name);
            String wanted = driverOpts.get(name);
            if (is == null) {
                lines.add("option '%s' is not set, wanted '%s'".formatted(name, wanted));
            } else if (wanted == null) {
                lines.add("option '%s' is '%s', wanted none".formatted(name, is));
            } else if (!is.equals(wanted)) {
                lines.add("option '%s' is '%s', wanted '%s'".formatted(name, is, wanted));
            }
        }
        return lines;
    }

    /** The options in the order of their names, for messages. */
    Map<String, String> sortedOpts() {
        return new TreeMap<>(driverOpts);
    }
}
