package dev.jcompose.engine.lifecycle;

import dev.jcompose.volumes.Volume;
import dev.jcompose.volumes.VolumeStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the file systems of volumes mounted as long as a container uses them. Thread-safe. */
final class VolumeUsers {
    private static final Logger log = LoggerFactory.getLogger(VolumeUsers.class);

    private final VolumeStore volumes;
    private final Map<String, Set<String>> users = new HashMap<>();

    VolumeUsers(VolumeStore volumes) {
        this.volumes = volumes;
    }

    /** The container of that id begins to use the volume, or is found using it. */
    synchronized void add(Volume volume, String container) throws IOException {
        volumes.mount(volume);
        users.computeIfAbsent(volume.name(), name -> new HashSet<>()).add(container);
    }

    /** The container of that id uses no volume any more. */
    synchronized void remove(String container) {
        users.entrySet().removeIf(entry -> {
            entry.getValue().remove(container);
            if (!entry.getValue().isEmpty()) {
                return false;
            }
            unmount(entry.getKey());
            return true;
        });
    }

    private void unmount(String name) {
        try {
            Volume volume = volumes.find(name).orElse(null);
            if (volume != null) {
                volumes.unmount(volume);
            }
        } catch (IOException e) {
            log.error("{}", e.getMessage());
        }
    }
}
