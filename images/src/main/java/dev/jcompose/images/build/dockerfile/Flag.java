package dev.jcompose.images.build.dockerfile;

/**
 * An option of an instruction, {@code --name=value}.
 *
 * @param value as written; {@code true} for one without a value
 */
public record Flag(String name, String value, Position at) {}
