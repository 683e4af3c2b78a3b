package dev.jcompose.images.build.dockerfile;

/**
 * A here-document.
 *
 * @param name its delimiter, which is also the name of the file that it becomes
 * @param expand whether variables in it are replaced: its delimiter is not quoted
 * @param content with a line feed at the end of each line; without leading tabs where {@code <<-} asks for that
 */
public record Heredoc(String name, boolean expand, String content) {}
