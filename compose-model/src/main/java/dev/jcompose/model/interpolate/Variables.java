package dev.jcompose.model.interpolate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks up variables. */
@FunctionalInterface
public interface Variables {

    /** The value; null if the variable is not set. */
    @Nullable
    String get(String name);

    /** The variables of a map. */
    static Variables of(Map<String, String> map) {
        return map::get;
    }

    /** These, and where they are not set, others. */
    default Variables orElse(Variables others) {
        return name -> {
            String value = get(name);
            return value != null ? value : others.get(name);
        };
    }
}
