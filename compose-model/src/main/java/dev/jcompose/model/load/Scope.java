package dev.jcompose.model.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The surroundings of a group of files that are merged: the project itself, or an include.
 *
 * @param directory absolute; where relative names of other files begin
 * @param base put in front of relative paths of the model; absolute, or relative to the including scope
 * @param environment the variables
 * @param trail the files that led here by include
 */
record Scope(Path directory, String base, Map<String, String> environment, List<Path> trail) {

    /** The directory of a file as seen from here: relative, so that it can be put in front of paths. */
    String relative(Path target) {
        String text = directory.relativize(target).toString();
        return text.isEmpty() ? "." : text;
    }
}
