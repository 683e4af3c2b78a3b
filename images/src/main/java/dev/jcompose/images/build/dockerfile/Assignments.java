package dev.jcompose.images.build.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** Reads the names and values of {@code ARG}, {@code ENV} and {@code LABEL}. */
final class Assignments {
    private Assignments() {}

    /** {@code NAME[=VALUE]...}. */
    static List<Assignment> arguments(Instruction i) throws DockerfileException {
        List<Assignment> all = new ArrayList<>();
        for (Word word : i.words()) {
            all.add(assignment(i, word));
        }
        if (all.isEmpty()) {
            throw i.mistake(i.at(), i.keyword() + " requires at least one argument");
        }
        return all;
    }

    /** {@code NAME=VALUE...}, or the old {@code NAME VALUE} with everything behind the space as the value. */
    static List<Assignment> pairs(Instruction i) throws DockerfileException {
        List<Word> words = i.words();
        if (words.isEmpty()) {
            throw i.mistake(i.at(), i.keyword() + " requires at least one argument");
        }
        if (words.get(0).text().indexOf('=') >= 0) {
            List<Assignment> all = arguments(i);
            for (int n = 0; n < all.size(); n++) {
                if (all.get(n).value() == null) {
                    throw i.mistake(
                            words.get(n).at(),
                            "Syntax error - can't find = in \"%s\". Must be of the form: name=value"
                                    .formatted(words.get(n).text()));
                }
            }
            return all;
        }
        if (words.size() < 2) {
            throw i.mistake(i.restAt(), i.keyword() + " must have two arguments");
        }
        String name = words.get(0).text();
        String value = i.rest().substring(name.length()).stripLeading();
        return List.of(new Assignment(name, value, words.get(0).at()));
    }

    private static Assignment assignment(Instruction i, Word word) throws DockerfileException {
        int equals = word.text().indexOf('=');
        String name = equals < 0 ? word.text() : word.text().substring(0, equals);
        if (name.isEmpty()) {
            throw i.mistake(word.at(), i.keyword() + " names can not be blank");
        }
        return new Assignment(name, equals < 0 ? null : word.text().substring(equals + 1), word.at());
    }
}
