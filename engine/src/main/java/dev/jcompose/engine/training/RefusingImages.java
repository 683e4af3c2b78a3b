package dev.jcompose.engine.training;

import dev.jcompose.engine.api.DiskUsage;
import dev.jcompose.engine.api.EventListener;
import dev.jcompose.engine.api.ImageHistoryStep;
import dev.jcompose.engine.api.ImageOperations;
import dev.jcompose.engine.api.ImageSummary;
import dev.jcompose.engine.api.LoginRequest;
import dev.jcompose.engine.api.PruneImagesRequest;
import dev.jcompose.engine.api.PullImagesRequest;
import dev.jcompose.engine.api.PushImagesRequest;
import dev.jcompose.engine.api.RemovedImages;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** Refuses everything that is done to images: whoever plays an engine overrides what is to be played. */
public abstract class RefusingImages implements ImageOperations {

    @Override
    public List<ImageSummary> list() {
        throw RefusingEngine.refused();
    }

    @Override
    public List<String> load(InputStream tar) {
        throw RefusingEngine.refused();
    }

    @Override
    public void save(List<String> images, OutputStream out) {
        throw RefusingEngine.refused();
    }

    @Override
    public String inspect(String image) {
        throw RefusingEngine.refused();
    }

    @Override
    public List<ImageHistoryStep> history(String image) {
        throw RefusingEngine.refused();
    }

    @Override
    public void tag(String image, String name) {
        throw RefusingEngine.refused();
    }

    @Override
    public RemovedImages remove(String image, boolean force) {
        throw RefusingEngine.refused();
    }

    @Override
    public RemovedImages prune(PruneImagesRequest request) {
        throw RefusingEngine.refused();
    }

    @Override
    public List<DiskUsage> diskUsage() {
        throw RefusingEngine.refused();
    }

    @Override
    public void pull(PullImagesRequest request, EventListener listener) {
        throw RefusingEngine.refused();
    }

    @Override
    public void push(PushImagesRequest request, EventListener listener) {
        throw RefusingEngine.refused();
    }

    @Override
    public String resolve(String reference, Map<String, String> environment) {
        throw RefusingEngine.refused();
    }

    @Override
    public String login(LoginRequest request) {
        throw RefusingEngine.refused();
    }

    @Override
    public boolean logout(String registry, Map<String, String> environment) {
        throw RefusingEngine.refused();
    }
}
