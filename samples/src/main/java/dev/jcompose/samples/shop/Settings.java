package dev.jcompose.samples.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the environment says. */
record Settings(Map<String, String> environment) {
    private static final int DEFAULT_PORT = 8080;

    /** {@code PORT}, or 8080. */
    int port() {
        return Integer.parseInt(environment.getOrDefault("PORT", Integer.toString(DEFAULT_PORT)));
    }

    /**
     * A variable, or what is in the file that {@code NAME_FILE} names.
     *
     * @throws IllegalArgumentException if neither is set
     */
    String required(String name) {
        String file = environment.get(name + "_FILE");
        if (file != null) {
            try {
                return Files.readString(Path.of(file)).strip();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        String value = environment.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value;
    }
}
