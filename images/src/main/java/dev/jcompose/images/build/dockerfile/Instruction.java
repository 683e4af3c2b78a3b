package dev.jcompose.images.build.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One instruction, its lines joined: a keyword, options, and the rest in words or as a JSON array.
 *
 * @param keyword in capitals
 * @param escape the file's escape character
 * @param flags the options before the rest
 * @param restOffset where the rest begins in the line
 */
record Instruction(
        Source source,
        String keyword,
        LogicalLine line,
        char escape,
        List<Flag> flags,
        int restOffset,
        List<Heredoc> heredocs) {

    Instruction {
        flags = List.copyOf(flags);
        heredocs = List.copyOf(heredocs);
    }

    /** Where the instruction begins. */
    Position at() {
        return line.position(0);
    }

    /** Where the rest begins. */
    Position restAt() {
        return line.position(restOffset);
    }

    /** What follows the options, without space at its end. */
    String rest() {
        return line.toString().substring(restOffset).stripTrailing();
    }

    /** The rest as one word. */
    Word restWord() {
        return new Word(rest(), restAt());
    }

    /** The words of the rest as written, quotes included. */
    List<Word> words() {
        List<Word> words = new ArrayList<>();
        for (WordSplitter.Part part : WordSplitter.split(rest(), escape)) {
            words.add(new Word(part.text(), line.position(restOffset + part.offset())));
        }
        return words;
    }

    /** The strings of the rest if it is a JSON array of strings. */
    Optional<List<String>> json() {
        return JsonForm.parse(rest());
    }

    DockerfileException mistake(Position at, String problem) {
        return source.mistake(at, problem);
    }
}
