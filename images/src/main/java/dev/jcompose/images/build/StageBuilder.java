package dev.jcompose.images.build;

import dev.jcompose.images.build.StagePlan.Base;
import dev.jcompose.images.build.cache.CachedLayer;
import dev.jcompose.images.build.dockerfile.Assignment;
import dev.jcompose.images.build.dockerfile.Command;
import dev.jcompose.images.build.dockerfile.Dockerfile;
import dev.jcompose.images.build.dockerfile.DockerfileException;
import dev.jcompose.images.build.dockerfile.Origin;
import dev.jcompose.images.build.dockerfile.Variables;
import dev.jcompose.images.build.dockerfile.Word;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries out the instructions of one stage, one after the other. */
final class StageBuilder implements Variables {
    private final Build build;
    private final StagePlan plan;
    private final Map<String, String> args = new LinkedHashMap<>();
    private Stage stage = new Stage(List.of(), List.of(), ConfigDraft.scratch(), Map.of());
    private ConfigDraft config = stage.config();
    private ConfigCommands configCommands = new ConfigCommands(config, this);
    private int step;
    private int steps;

    StageBuilder(Build build, StagePlan plan) {
        this.build = build;
        this.plan = plan;
    }

    /** Does everything; the result is not changed any more. */
    Stage run() throws IOException {
        begin();
        List<Command> commands = new ArrayList<>(triggers());
        commands.addAll(plan.definition().commands());
        steps = 1 + (int) commands.stream().filter(StageBuilder::makesLayer).count();
        if (!(plan.base() instanceof Base.Scratch)) {
            step++;
            build.progress().begin(title(plan.definition().at().text())).done();
        } else {
            steps--;
        }
        for (Command command : commands) {
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("canceled");
            }
            execute(command);
        }
        return new Stage(stage.host(), stage.layers(), config, args);
    }

    private void begin() throws IOException {
        Base base = plan.base();
        if (base instanceof Base.OfStage of) {
            stage = build.stage(of.index());
            args.putAll(stage.args());
        } else if (base instanceof Base.OfImage of) {
            try {
                stage = build.image(of.reference());
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                throw failed(plan.definition().at(), plan.definition().image(), e);
            }
        }
        config = stage.config().copy();
        configCommands = new ConfigCommands(config, this);
    }

    /** What the base wants to be done first. */
    private List<Command> triggers() throws DockerfileException {
        List<Command> commands = new ArrayList<>();
        if (plan.base() instanceof Base.OfContext of) {
            commands.add(Dockerfile.trigger("COPY --from=%s . /".formatted(of.name()), of.name()));
        }
        for (String trigger : config.onBuild) {
            commands.add(Dockerfile.trigger(trigger, plan.definition().image().text()));
        }
        config.onBuild.clear();
        return commands;
    }

    private static boolean makesLayer(Command command) {
        return command instanceof Command.Run || command instanceof Command.Copy || command instanceof Command.Workdir;
    }

    private void execute(Command command) throws IOException {
        if (command instanceof Command.Arg arg) {
            declare(arg);
        } else if (command instanceof Command.Run run) {
            step(run, new RunStep(build, this, run));
        } else if (command instanceof Command.Copy copy) {
            try (CopyStep copying = new CopyStep(build, this, copy)) {
                step(copy, copying);
            }
        } else if (command instanceof Command.Workdir workdir) {
            step(workdir, new WorkdirStep(build, this, workdir));
        } else {
            configCommands.apply(command);
        }
    }

    /** What makes a layer. */
    interface LayerStep {
        /**
         * Makes the layer, or takes it from the cache.
         *
         * @return what the history says, and the layer; null for none
         */
        Made make(ProgressLog.Step progress) throws IOException;
    }

    /** @param layer null if nothing had to be changed */
    record Made(String createdBy, @Nullable CachedLayer layer) {}

    private void step(Command command, LayerStep layerStep) throws IOException {
        step++;
        ProgressLog.Step progress = build.progress().begin(title(command.at().text()));
        try {
            Made made = layerStep.make(progress);
            if (made.layer() != null) {
                stage = stage.with(made.layer().layer());
            }
            config.record(
                    made.createdBy(), made.layer() == null ? null : made.layer().made());
        } catch (InterruptedIOException e) {
            progress.canceled();
            throw e;
        } catch (DockerfileException | Build.DependencyFailedException e) {
            progress.failed(firstLine(e));
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            progress.failed(firstLine(e));
            throw failed(command.at(), null, e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private DockerfileException failed(Origin at, @Nullable Word word, Exception e) {
        DockerfileException failure =
                at.source().mistake(word == null ? at.at() : word.at(), String.valueOf(e.getMessage()));
        failure.initCause(e);
        return failure;
    }

    private String title(String text) {
        String name = plan.definition().name();
        String shown =
                name != null ? name + " " : build.file().stages().size() > 1 ? "stage-" + plan.index() + " " : "";
        String line = text.lines().findFirst().orElse("").replaceAll("\\s+", " ");
        return "[%s %s%d/%d] %s".formatted(build.spec().name(), shown, step, steps, line);
    }

    private void declare(Command.Arg arg) throws DockerfileException {
        for (Assignment argument : arg.arguments()) {
            String name = argument.name();
            String given = build.spec().args().get(name);
            String written = argument.value();
            String value = given != null
                    ? given
                    : written != null
                            ? arg.at().expand(new Word(written, argument.at()), this)
                            : build.globals().get(name);
            if (value != null) {
                args.put(name, value);
            }
            config.record("ARG " + name + (value == null ? "" : "=" + value), null);
        }
    }

    /** Variables of the image come before arguments. */
    @Override
    public @Nullable String get(String name) {
        String own = config.env.get(name);
        return own != null ? own : args.get(name);
    }

    Stage stage() {
        return stage;
    }

    ConfigDraft config() {
        return config;
    }

    Map<String, String> args() {
        return args;
    }

    int index() {
        return plan.index();
    }

    /** Whether layers may be taken from the cache. */
    boolean usesCache() {
        String name = plan.definition().name();
        return !build.spec().noCache()
                && !(name != null && build.spec().noCacheStages().contains(name));
    }
}
