package dev.jcompose.images.build;

import dev.jcompose.images.ImageReference;
import dev.jcompose.images.build.dockerfile.StageDefinition;
import java.util.Set;

/**
 * A stage that is to be built.
 *
 * @param index in the file
 * @param uses the stages that it needs files of, its base included
 */
record StagePlan(int index, StageDefinition definition, Base base, Set<Integer> uses) {
    StagePlan {
        uses = Set.copyOf(uses);
    }

    /** What a stage begins with. */
    sealed interface Base {
        /** Nothing. */
        record Scratch() implements Base {}

        /** Another stage. */
        record OfStage(int index) implements Base {}

        /** The files of a named context. */
        record OfContext(String name) implements Base {}

        /** An image. */
        record OfImage(ImageReference reference) implements Base {}
    }
}
