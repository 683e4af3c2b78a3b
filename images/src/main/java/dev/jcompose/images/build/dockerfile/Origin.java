package dev.jcompose.images.build.dockerfile;

/**
 * Where an instruction is, for errors, and how it reads, for progress and history.
 *
 * @param text the instruction with its lines joined
 * @param escape the escape character of its file
 */
public record Origin(Source source, Position at, String text, char escape) {

    /** A mistake in this instruction. */
    public DockerfileException mistake(String problem) {
        return source.mistake(at, problem);
    }

    /** What a word is without quotes and variables. */
    public String expand(Word word, Variables variables) throws DockerfileException {
        try {
            return new Expansion(escape, variables).word(word.text());
        } catch (IllegalArgumentException e) {
            throw source.mistake(word.at(), String.valueOf(e.getMessage()));
        }
    }
}
