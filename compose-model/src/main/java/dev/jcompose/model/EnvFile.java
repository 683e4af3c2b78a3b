package dev.jcompose.model;

import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code env_file}.
 *
 * @param path absolute path
 * @param required false: the file may be missing
 * @param format {@code raw}, or null for the usual syntax
 */
public record EnvFile(
        String path, boolean required, @Nullable String format) {}
