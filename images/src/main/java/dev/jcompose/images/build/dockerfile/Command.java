package dev.jcompose.images.build.dockerfile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An instruction of a stage, its form checked. Variables are still in it: they are replaced when it is carried out. */
public sealed interface Command {

    /** Where it is and how it was written. */
    Origin at();

    /** {@code ARG NAME[=DEFAULT]...}; a null is an argument without a default. */
    record Arg(Origin at, List<Assignment> arguments) implements Command {}

    /** {@code ENV NAME=VALUE...}. */
    record Env(Origin at, List<Assignment> variables) implements Command {}

    /** {@code LABEL NAME=VALUE...}. */
    record Label(Origin at, List<Assignment> labels) implements Command {}

    /**
     * {@code RUN}.
     *
     * @param network {@code default}, {@code none} or {@code host}
     * @param security {@code sandbox} or {@code insecure}
     */
    record Run(
            Origin at,
            CommandLine command,
            List<MountOption> mounts,
            String network,
            String security,
            List<Heredoc> files)
            implements Command {}

    /**
     * {@code COPY} and {@code ADD}.
     *
     * @param add whether archives are unpacked and URLs fetched
     * @param sources as written; a source {@code <<NAME} stands for the heredoc of that name
     */
    record Copy(Origin at, boolean add, List<Word> sources, Word destination, CopyOptions options, List<Heredoc> files)
            implements Command {}

    /** {@code WORKDIR}. */
    record Workdir(Origin at, Word path) implements Command {}

    /** {@code USER}. */
    record User(Origin at, Word user) implements Command {}

    /** {@code ENTRYPOINT}. */
    record Entrypoint(Origin at, CommandLine command) implements Command {}

    /** {@code CMD}. */
    record Cmd(Origin at, CommandLine command) implements Command {}

    /** {@code EXPOSE}; its words may become several. */
    record Expose(Origin at, List<Word> ports) implements Command {}

    /** {@code VOLUME}. */
    record Volume(Origin at, List<Word> paths) implements Command {}

    /**
     * {@code HEALTHCHECK}.
     *
     * @param command null for {@code NONE}
     * @param options durations and retries by their names, as written
     */
    record Healthcheck(Origin at, @Nullable CommandLine command, Map<String, Flag> options) implements Command {}

    /** {@code STOPSIGNAL}. */
    record Stopsignal(Origin at, Word signal) implements Command {}

    /** {@code SHELL}. */
    record Shell(Origin at, List<String> shell) implements Command {}

    /** {@code ONBUILD}; {@code trigger} is the instruction as an image stores it. */
    record Onbuild(Origin at, String trigger) implements Command {}

    /** {@code MAINTAINER}. */
    record Maintainer(Origin at, String name) implements Command {}
}
