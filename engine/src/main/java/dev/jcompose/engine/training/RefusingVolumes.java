package dev.jcompose.engine.training;

import dev.jcompose.engine.api.VolumeOperations;
import dev.jcompose.engine.api.VolumeSummary;
import java.util.List;
import java.util.Map;

/** Refuses everything that is done to volumes: whoever plays an engine overrides what is to be played. */
public abstract class RefusingVolumes implements VolumeOperations {

    @Override
    public List<VolumeSummary> list() {
        throw RefusingEngine.refused();
    }

    @Override
    public VolumeSummary create(String name, String driver, Map<String, String> options, Map<String, String> labels) {
        throw RefusingEngine.refused();
    }

    @Override
    public void remove(String name, boolean force) {
        throw RefusingEngine.refused();
    }

    @Override
    public PrunedVolumes prune(boolean all) {
        throw RefusingEngine.refused();
    }
}
