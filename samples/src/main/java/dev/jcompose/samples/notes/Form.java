package dev.jcompose.samples.notes;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The fields of a form as a browser posts them: {@code application/x-www-form-urlencoded} in UTF-8. */
record Form(String body) {

    /** The first field of this name, decoded; nothing if there is none, or if its percent signs make no sense. */
    Optional<String> field(String name) {
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals >= 0
                    && decode(pair.substring(0, equals)).filter(name::equals).isPresent()) {
                return decode(pair.substring(equals + 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> decode(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
