package dev.jcompose.samples.notes;

import java.util.Map;

/**
 * What the environment says.
 *
 * @param port where to listen, on all addresses; 0 for any free one
 * @param url of the database, for JDBC
 */
record Settings(int port, String url, String user, String password) {

    /**
     * Reads {@code PORT} (8080 if it is not set), {@code DB_URL}, {@code DB_USER} and {@code DB_PASSWORD}.
     *
     * @throws IllegalArgumentException if one is missing, or the port is no port
     */
    static Settings of(Map<String, String> environment) {
        return new Settings(
                port(environment.getOrDefault("PORT", "8080")),
                required(environment, "DB_URL"),
                required(environment, "DB_USER"),
                required(environment, "DB_PASSWORD"));
    }

    private static int port(String value) {
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65535) {
            throw new IllegalArgumentException("PORT is \"" + value + "\", not in 0..65535");
        }
        return Integer.parseInt(value);
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value;
    }
}
