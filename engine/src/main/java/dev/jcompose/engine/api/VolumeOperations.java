package dev.jcompose.engine.api;

import java.util.List;
import java.util.Map;

/** Named volumes, of all projects. All throw {@link EngineException} with a message for the user. */
public interface VolumeOperations {

    /** All volumes, by name. */
    List<VolumeSummary> list();

    /**
     * Makes a volume; one that is there with the same driver and options is fine.
     *
     * @param name empty for one of 64 hexadecimal digits
     * @param driver empty for {@code local}
     * @param options of the driver
     */
    VolumeSummary create(String name, String driver, Map<String, String> options, Map<String, String> labels);

    /**
     * Removes a volume and its data.
     *
     * @param force one that is not there is fine
     * @throws EngineException of kind CONFLICT while a container, running or not, uses it
     */
    void remove(String name, boolean force);

    /** Removes volumes that no container uses: the anonymous ones, or {@code all}. */
    PrunedVolumes prune(boolean all);

    /**
     * What a prune has removed.
     *
     * @param bytes that the data took on the disk
     */
    record PrunedVolumes(List<String> names, long bytes) {
        public PrunedVolumes {
            names = List.copyOf(names);
        }
    }
}
