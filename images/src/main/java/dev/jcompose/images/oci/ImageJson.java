package dev.jcompose.images.oci;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An image's configuration document, with Docker's additions (Healthcheck). Fields that a document lacks become empty,
 * so that readers need not ask.
 *
 * @param created RFC 3339; empty if unknown
 * @param variant of the architecture; empty for none
 * @param history how each layer came to be, bottom first, and steps that made none; may be empty
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md">OCI image configuration</a>
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ImageJson(
        String created,
        String author,
        String architecture,
        String variant,
        String os,
        Container config,
        RootFs rootfs,
        List<History> history) {

    public ImageJson(
            @Nullable String created,
            @Nullable String author,
            @Nullable String architecture,
            @Nullable String variant,
            @Nullable String os,
            @Nullable Container config,
            @Nullable RootFs rootfs,
            @Nullable List<History> history) {
        this.created = orEmpty(created);
        this.author = orEmpty(author);
        this.architecture = orEmpty(architecture);
        this.variant = orEmpty(variant);
        this.os = orEmpty(os);
        this.history = orEmpty(history);
        this.config = config == null ? Container.EMPTY : config;
        this.rootfs = rootfs == null ? new RootFs("layers", List.of()) : rootfs;
    }

    /** What its containers run with. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Container(
            @JsonProperty("User") String user,
            @JsonProperty("ExposedPorts") Map<String, Object> exposedPorts,
            @JsonProperty("Env") List<String> env,
            @JsonProperty("Entrypoint") List<String> entrypoint,
            @JsonProperty("Cmd") List<String> cmd,
            @JsonProperty("Volumes") Map<String, Object> volumes,
            @JsonProperty("WorkingDir") String workingDir,
            @JsonProperty("Labels") Map<String, String> labels,
            @JsonProperty("StopSignal") @Nullable String stopSignal,
            @JsonProperty("Healthcheck") @Nullable Healthcheck healthcheck,
            @JsonProperty("Shell") List<String> shell,
            @JsonProperty("OnBuild") List<String> onBuild) {
        /** Says nothing. */
        public static final Container EMPTY =
                new Container(null, null, null, null, null, null, null, null, null, null, null, null);

        public Container(
                @JsonProperty("User") @Nullable String user,
                @JsonProperty("ExposedPorts") @Nullable Map<String, Object> exposedPorts,
                @JsonProperty("Env") @Nullable List<String> env,
                @JsonProperty("Entrypoint") @Nullable List<String> entrypoint,
                @JsonProperty("Cmd") @Nullable List<String> cmd,
                @JsonProperty("Volumes") @Nullable Map<String, Object> volumes,
                @JsonProperty("WorkingDir") @Nullable String workingDir,
                @JsonProperty("Labels") @Nullable Map<String, String> labels,
                @JsonProperty("StopSignal") @Nullable String stopSignal,
                @JsonProperty("Healthcheck") @Nullable Healthcheck healthcheck,
                @JsonProperty("Shell") @Nullable List<String> shell,
                @JsonProperty("OnBuild") @Nullable List<String> onBuild) {
            this.user = orEmpty(user);
            this.exposedPorts = orEmpty(exposedPorts);
            this.env = orEmpty(env);
            this.entrypoint = orEmpty(entrypoint);
            this.cmd = orEmpty(cmd);
            this.volumes = orEmpty(volumes);
            this.workingDir = orEmpty(workingDir);
            this.labels = orEmpty(labels);
            this.stopSignal = stopSignal == null || stopSignal.isEmpty() ? null : stopSignal;
            this.healthcheck = healthcheck;
            this.shell = orEmpty(shell);
            this.onBuild = orEmpty(onBuild);
        }
    }

    /**
     * One step of making the image.
     *
     * @param created RFC 3339; empty if unknown
     * @param createdBy the command
     * @param emptyLayer whether the step made no layer
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public record History(
            String created,
            @JsonProperty("created_by") String createdBy,
            String author,
            String comment,
            @JsonProperty("empty_layer") boolean emptyLayer) {

        public History(
                @Nullable String created,
                @JsonProperty("created_by") @Nullable String createdBy,
                @Nullable String author,
                @Nullable String comment,
                @JsonProperty("empty_layer") boolean emptyLayer) {
            this.created = orEmpty(created);
            this.createdBy = orEmpty(createdBy);
            this.author = orEmpty(author);
            this.comment = orEmpty(comment);
            this.emptyLayer = emptyLayer;
        }
    }

    /** Docker's HEALTHCHECK; times are nanoseconds, 0 for the default. */
    public record Healthcheck(
            @JsonProperty("Test") List<String> test,
            @JsonProperty("Interval") long intervalNanos,
            @JsonProperty("Timeout") long timeoutNanos,
            @JsonProperty("StartPeriod") long startPeriodNanos,
            @JsonProperty("StartInterval") long startIntervalNanos,
            @JsonProperty("Retries") int retries) {

        public Healthcheck(
                @JsonProperty("Test") @Nullable List<String> test,
                @JsonProperty("Interval") long intervalNanos,
                @JsonProperty("Timeout") long timeoutNanos,
                @JsonProperty("StartPeriod") long startPeriodNanos,
                @JsonProperty("StartInterval") long startIntervalNanos,
                @JsonProperty("Retries") int retries) {
            this.test = orEmpty(test);
            this.intervalNanos = intervalNanos;
            this.timeoutNanos = timeoutNanos;
            this.startPeriodNanos = startPeriodNanos;
            this.startIntervalNanos = startIntervalNanos;
            this.retries = retries;
        }
    }

    /** The digests of the uncompressed layers, bottom first. */
    public record RootFs(
            String type, @JsonProperty("diff_ids") List<Digest> diffIds) {

        public RootFs(@Nullable String type, @JsonProperty("diff_ids") @Nullable List<Digest> diffIds) {
            this.type = orEmpty(type);
            this.diffIds = orEmpty(diffIds);
        }
    }

    private static String orEmpty(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }

    private static <T> List<T> orEmpty(@Nullable List<T> value) {
        return value == null ? List.of() : List.copyOf(value);
    }

    private static <V> Map<String, V> orEmpty(@Nullable Map<String, V> value) {
        Map<String, V> present = new LinkedHashMap<>(value == null ? Map.of() : value);
        present.values().removeIf(Objects::isNull);
        return Collections.unmodifiableMap(present);
    }
}
