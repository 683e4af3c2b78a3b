package dev.jcompose.images.build;

import dev.jcompose.images.ImageReference;
import dev.jcompose.images.build.StagePlan.Base;
import dev.jcompose.images.build.dockerfile.Command;
import dev.jcompose.images.build.dockerfile.Dockerfile;
import dev.jcompose.images.build.dockerfile.DockerfileException;
import dev.jcompose.images.build.dockerfile.MountOption;
import dev.jcompose.images.build.dockerfile.StageDefinition;
import dev.jcompose.images.build.dockerfile.Word;
import dev.jcompose.images.oci.Platform;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which stages a target needs, and which of them need which. A stage only ever needs earlier ones. */
final class StageGraph {
    private final Dockerfile file;
    private final BuildSpec spec;
    private final GlobalArguments globals;
    private final NavigableMap<Integer, StagePlan> needed = new TreeMap<>();

    private StageGraph(Dockerfile file, BuildSpec spec, GlobalArguments globals) {
        this.file = file;
        this.spec = spec;
        this.globals = globals;
    }

    /**
     * The stages that the target needs, by their index; the last one is the target.
     *
     * @throws DockerfileException for a target or base that there is not
     */
    static NavigableMap<Integer, StagePlan> of(Dockerfile file, BuildSpec spec, GlobalArguments globals)
            throws DockerfileException {
        StageGraph graph = new StageGraph(file, spec, globals);
        graph.add(graph.target());
        return graph.needed;
    }

    private int target() throws DockerfileException {
        List<StageDefinition> stages = file.stages();
        String target = spec.target();
        if (target == null || target.isEmpty()) {
            return stages.size() - 1;
        }
        Optional<Integer> found = stageOf(file, target, stages.size());
        if (found.isEmpty()) {
            throw file.source()
                    .mistake(
                            stages.get(stages.size() - 1).at().at(),
                            "target stage \"%s\" could not be found".formatted(target));
        }
        return found.get();
    }

    /** The stage of a name or number, of those before {@code before}. */
    static Optional<Integer> stageOf(Dockerfile file, String name, int before) {
        List<StageDefinition> stages = file.stages();
        for (int i = before - 1; i >= 0; i--) {
            if (name.toLowerCase(Locale.ROOT).equals(stages.get(i).name())) {
                return Optional.of(i);
            }
        }
        return name.matches("\\d{1,6}") && Integer.parseInt(name) < before
                ? Optional.of(Integer.valueOf(name))
                : Optional.empty();
    }

    private void add(int index) throws DockerfileException {
        if (needed.containsKey(index)) {
            return;
        }
        StageDefinition stage = file.stages().get(index);
        checkPlatform(stage);
        Base base = base(stage, index);
        Set<Integer> uses = new HashSet<>();
        if (base instanceof Base.OfStage of) {
            uses.add(of.index());
        }
        for (Command command : stage.commands()) {
            if (command instanceof Command.Copy copy) {
                use(from(copy), index, uses);
            } else if (command instanceof Command.Run run) {
                for (MountOption mount : run.mounts()) {
                    use(mount.get("from"), index, uses);
                }
            }
        }
        for (int use : uses) {
            add(use);
        }
        needed.put(index, new StagePlan(index, stage, base, uses));
    }

    private static @Nullable String from(Command.Copy copy) {
        Word from = copy.options().from();
        return from == null ? null : from.text();
    }

    private void use(@Nullable String name, int index, Set<Integer> uses) {
        if (name != null) {
            stageOf(file, name, index).ifPresent(uses::add);
        }
    }

    private void checkPlatform(StageDefinition stage) throws DockerfileException {
        Word written = stage.platform();
        if (written == null) {
            return;
        }
        String platform = stage.at().expand(written, globals);
        try {
            if (!platform.isEmpty() && spec.platform().suits(Platform.parse(platform)) == 0) {
                throw file.source()
                        .mistake(
                                written.at(),
                                "platform \"%s\" is not this machine's, %s: images for others cannot be built"
                                        .formatted(platform, Platform.current()));
            }
        } catch (IllegalArgumentException e) {
            throw file.source().mistake(written.at(), String.valueOf(e.getMessage()));
        }
    }

    private Base base(StageDefinition stage, int index) throws DockerfileException {
        String name = stage.at().expand(stage.image(), globals);
        if (name.isEmpty()) {
            throw file.source()
                    .mistake(
                            stage.image().at(),
                            "base name (%s) should not be blank"
                                    .formatted(stage.image().text()));
        }
        for (int i = index - 1; i >= 0; i--) {
            if (name.toLowerCase(Locale.ROOT).equals(file.stages().get(i).name())) {
                return new Base.OfStage(i);
            }
        }
        NamedContext context = spec.contexts().get(name);
        if (context instanceof NamedContext.OfImage image) {
            return new Base.OfImage(image.reference());
        }
        if (context instanceof NamedContext.Directory) {
            return new Base.OfContext(name);
        }
        if (name.equals("scratch")) {
            return new Base.Scratch();
        }
        try {
            return new Base.OfImage(ImageReference.parse(name));
        } catch (IllegalArgumentException e) {
            throw file.source().mistake(stage.image().at(), String.valueOf(e.getMessage()));
        }
    }
}
