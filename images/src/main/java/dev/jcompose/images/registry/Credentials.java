package dev.jcompose.images.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * What lets a user in.
 *
 * @param username may be empty where there is an identity token
 * @param identityToken an OAuth refresh token that stands for name and password; empty for none
 */
public record Credentials(String username, String password, String identityToken) {

    /** A name and a password. */
    public static Credentials of(String username, String password) {
        return new Credentials(username, password, "");
    }

    /** The value of an Authorization header. */
    String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(UTF_8));
    }

    /** Tells no secret. */
    @Override
    public String toString() {
        return "Credentials[" + username + "]";
    }
}
