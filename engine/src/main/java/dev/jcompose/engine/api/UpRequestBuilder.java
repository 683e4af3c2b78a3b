package dev.jcompose.engine.api;

import dev.jcompose.engine.api.UpRequest.ChangedVolumes;
import dev.jcompose.engine.api.UpRequest.Recreate;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what is not usual about an {@link UpRequest}, under the names of its components. */
public final class UpRequestBuilder {
    private final String projectJson;
    private Set<String> services = Set.of();
    private boolean noDeps;
    private Recreate recreate = Recreate.DIVERGED;
    private Recreate recreateDependencies = Recreate.DIVERGED;
    private boolean noStart;
    private boolean removeOrphans;
    private boolean ignoreOrphans;
    private boolean renewAnonymousVolumes;
    private ChangedVolumes changedVolumes = ChangedVolumes.KEEP;
    private Map<String, Integer> scale = Map.of();
    private boolean awaitReady;
    private @Nullable Integer waitTimeoutSeconds;
    private @Nullable Integer stopTimeoutSeconds;
    private ImageOptions images = ImageOptions.USUAL;
    private Execution execution = Execution.USUAL;

    UpRequestBuilder(String projectJson) {
        this.projectJson = projectJson;
    }

    public UpRequestBuilder services(Set<String> value) {
        services = value;
        return this;
    }

    public UpRequestBuilder noDeps(boolean value) {
        noDeps = value;
        return this;
    }

    public UpRequestBuilder recreate(Recreate value) {
        recreate = value;
        return this;
    }

    public UpRequestBuilder recreateDependencies(Recreate value) {
        recreateDependencies = value;
        return this;
    }

    public UpRequestBuilder noStart(boolean value) {
        noStart = value;
        return this;
    }

    public UpRequestBuilder removeOrphans(boolean value) {
        removeOrphans = value;
        return this;
    }

    public UpRequestBuilder ignoreOrphans(boolean value) {
        ignoreOrphans = value;
        return this;
    }

    public UpRequestBuilder renewAnonymousVolumes(boolean value) {
        renewAnonymousVolumes = value;
        return this;
    }

    public UpRequestBuilder changedVolumes(ChangedVolumes value) {
        changedVolumes = value;
        return this;
    }

    public UpRequestBuilder scale(Map<String, Integer> value) {
        scale = value;
        return this;
    }

    public UpRequestBuilder awaitReady(boolean value) {
        awaitReady = value;
        return this;
    }

    public UpRequestBuilder waitTimeoutSeconds(@Nullable Integer value) {
        waitTimeoutSeconds = value;
        return this;
    }

    public UpRequestBuilder stopTimeoutSeconds(@Nullable Integer value) {
        stopTimeoutSeconds = value;
        return this;
    }

    public UpRequestBuilder images(ImageOptions value) {
        images = value;
        return this;
    }

    public UpRequestBuilder execution(Execution value) {
        execution = value;
        return this;
    }

    /** The request. */
    public UpRequest build() {
        return new UpRequest(
                projectJson,
                services,
                noDeps,
                recreate,
                recreateDependencies,
                noStart,
                removeOrphans,
                ignoreOrphans,
                renewAnonymousVolumes,
                changedVolumes,
                scale,
                awaitReady,
                waitTimeoutSeconds,
                stopTimeoutSeconds,
                images,
                execution);
    }
}
