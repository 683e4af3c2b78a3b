package dev.jcompose.images.build;

import dev.jcompose.images.oci.Digest;
import dev.jcompose.images.oci.ImageJson;
import dev.jcompose.images.oci.Platform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An image's configuration while instructions change it. Not thread-safe. */
final class ConfigDraft {
    static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");
    private static final Map<String, Object> PRESENT = Map.of();

    String user = "";
    String workingDir = "/";
    String author = "";

    @Nullable
    String stopSignal;

    List<String> entrypoint = List.of();
    List<String> cmd = List.of();
    List<String> shell = List.of();
    ImageJson.@Nullable Healthcheck healthcheck;
    final Map<String, String> env = new LinkedHashMap<>();
    final Map<String, String> labels = new LinkedHashMap<>();
    final Map<String, Object> exposed = new TreeMap<>();
    final Map<String, Object> volumes = new TreeMap<>();
    final List<String> onBuild = new ArrayList<>();
    final List<ImageJson.History> history = new ArrayList<>();

    /** When the newest layer was made. */
    Instant made = Instant.EPOCH;

    /** Of {@code FROM scratch}. */
    static ConfigDraft scratch() {
        ConfigDraft draft = new ConfigDraft();
        draft.env.put("PATH", DEFAULT_PATH);
        return draft;
    }

    /** Of an image. */
    static ConfigDraft of(ImageJson image, Instant created) {
        ConfigDraft draft = new ConfigDraft();
        ImageJson.Container config = image.config();
        draft.user = config.user();
        draft.workingDir = config.workingDir().isEmpty() ? "/" : config.workingDir();
        draft.author = image.author();
        draft.stopSignal = config.stopSignal();
        draft.entrypoint = config.entrypoint();
        draft.cmd = config.cmd();
        draft.shell = config.shell();
        draft.healthcheck = config.healthcheck();
        for (String variable : config.env()) {
            int equals = variable.indexOf('=');
            draft.env.put(
                    equals < 0 ? variable : variable.substring(0, equals),
                    equals < 0 ? "" : variable.substring(equals + 1));
        }
        draft.labels.putAll(config.labels());
        config.exposedPorts().keySet().forEach(draft::expose);
        config.volumes().keySet().forEach(draft::volume);
        draft.onBuild.addAll(config.onBuild());
        draft.history.addAll(image.history());
        draft.made = created;
        return draft;
    }

    /** The same once more, to be changed by itself. */
    ConfigDraft copy() {
        ConfigDraft copy = new ConfigDraft();
        copy.user = user;
        copy.workingDir = workingDir;
        copy.author = author;
        copy.stopSignal = stopSignal;
        copy.entrypoint = entrypoint;
        copy.cmd = cmd;
        copy.shell = shell;
        copy.healthcheck = healthcheck;
        copy.env.putAll(env);
        copy.labels.putAll(labels);
        copy.exposed.putAll(exposed);
        copy.volumes.putAll(volumes);
        copy.onBuild.addAll(onBuild);
        copy.history.addAll(history);
        copy.made = made;
        return copy;
    }

    void expose(String port) {
        exposed.put(port, PRESENT);
    }

    void volume(String path) {
        volumes.put(path, PRESENT);
    }

    /** The shell that runs lines. */
    List<String> effectiveShell() {
        return shell.isEmpty() ? DEFAULT_SHELL : shell;
    }

    List<String> environment() {
        return env.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    /** Notes a step; one without a layer is as old as what is below it, so that the same steps give the same image. */
    void record(String createdBy, @Nullable Instant layerMade) {
        if (layerMade != null) {
            made = layerMade;
        }
        history.add(new ImageJson.History(made.toString(), createdBy, "", "", layerMade == null));
    }

    /** The finished document. */
    ImageJson finish(List<Digest> diffIds, Platform platform, Instant created) {
        return new ImageJson(
                created.toString(),
                author,
                platform.architecture(),
                platform.variant(),
                platform.os(),
                new ImageJson.Container(
                        user,
                        exposed,
                        environment(),
                        entrypoint,
                        cmd,
                        volumes,
                        workingDir,
                        new TreeMap<>(labels),
                        stopSignal,
                        healthcheck,
                        shell,
                        onBuild),
                new ImageJson.RootFs("layers", diffIds),
                dated());
    }

    /** What comes before the first layer of all has nothing below it: it is as old as that layer. */
    private List<ImageJson.History> dated() {
        String epoch = Instant.EPOCH.toString();
        String first = history.stream()
                .map(ImageJson.History::created)
                .filter(created -> !created.equals(epoch))
                .findFirst()
                .orElse(epoch);
        return history.stream()
                .map(step -> step.created().equals(epoch)
                        ? new ImageJson.History(
                                first, step.createdBy(), step.author(), step.comment(), step.emptyLayer())
                        : step)
                .toList();
    }
}
