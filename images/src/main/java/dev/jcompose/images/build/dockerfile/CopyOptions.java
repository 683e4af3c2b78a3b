package dev.jcompose.images.build.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code COPY} and {@code ADD}.
 *
 * @param from a stage, image or named context; null for the build context
 * @param chown {@code USER[:GROUP]}
 * @param chmod octal or symbolic
 * @param link whether the files are a layer that does not depend on what is below
 * @param parents whether the directories of the sources are kept
 * @param exclude patterns of what is left out
 * @param checksum digest of a remote source
 * @param unpack whether archives are unpacked; null for what the instruction does by itself
 * @param keepGitDir whether the checkout of a repository keeps {@code .git}
 */
public record CopyOptions(
        @Nullable Word from,
        @Nullable Word chown,
        @Nullable Word chmod,
        boolean link,
        boolean parents,
        List<Word> exclude,
        @Nullable Word checksum,
        @Nullable Boolean unpack,
        boolean keepGitDir) {
    public CopyOptions {
        exclude = List.copyOf(exclude);
    }
}
