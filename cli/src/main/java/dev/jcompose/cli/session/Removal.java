package dev.jcompose.cli.session;

import dev.jcompose.engine.api.EngineException;
import java.util.List;

/** Removes things one by one, and prints the names of those that are removed. */
public final class Removal {
    private Removal() {}

    /** Removes one thing. */
    @FunctionalInterface
    public interface One {
        /**
         * Removes it.
         *
         * @return false if it was not there, which is fine
         * @throws EngineException if it cannot be removed
         */
        boolean remove(String name);
    }

    /** One that cannot be removed does not keep the others from it; the exit code. */
    public static int each(Session session, List<String> names, One one) {
        int code = 0;
        for (String name : names) {
            try {
                if (one.remove(name)) {
                    session.out().println(name);
                }
            } catch (EngineException e) {
                session.out().flush();
                session.err().println(e.getMessage());
                code = 1;
            }
        }
        return code;
    }
}
