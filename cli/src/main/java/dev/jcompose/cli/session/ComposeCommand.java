package dev.jcompose.cli.session;

/** What follows the program's name. */
@FunctionalInterface
public interface ComposeCommand {

    /**
     * Does it.
     *
     * @return the exit code
     * @throws CommandException to end with a message
     * @throws dev.jcompose.engine.api.EngineException when the engine could not do it
     * @throws dev.jcompose.model.problem.ComposeFileException when the Compose file is wrong
     */
    int run(Session session);

    /** Whether it goes on when the engine dies, and so must not run in the engine. Asked with all options set. */
    default boolean outlivesEngine() {
        return false;
    }
}
