package dev.jcompose.cli.command;

import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.world.Registration;
import dev.jcompose.cli.world.Terminal;
import dev.jcompose.engine.api.ExecSession;

/** The user at a command that runs in a container: streams copied, terminal raw and of the same size. */
final class Interaction {
    private final Session session;
    private final ExecSession command;
    private final boolean input;
    private final boolean terminal;
    private boolean detached;

    /**
     * Begins nothing yet.
     *
     * @param input whether the user's input goes to the command
     * @param terminal whether the command has one
     */
    Interaction(Session session, ExecSession command, boolean input, boolean terminal) {
        this.session = session;
        this.command = command;
        this.input = input;
        this.terminal = terminal;
    }

    /** Until the command ends, or the user leaves it; the exit code, 0 for a command that goes on. */
    @SuppressWarnings("try") // the pump is there to be closed
    int run() {
        int code;
        if (input) {
            // The pump is the outer one: closing it closes the input, which raw mode is a matter of.
            try (InputPump pump = InputPump.start(session.world().in(), command.stdin())) {
                code = output();
            }
        } else {
            code = output();
        }
        session.out().flush();
        if (code == ExecSession.DETACHED) {
            detached = true;
            session.err().println("read escape sequence");
            return 0;
        }
        return code;
    }

    /** Whether the user has left and the command goes on. */
    boolean isDetached() {
        return detached;
    }

    @SuppressWarnings("try") // the registrations are there to be closed
    private int output() {
        Terminal ours = session.world().terminal();
        if (!terminal || !ours.isOutput()) {
            return command.run(session.out(), session.err());
        }
        try (Registration raw = input && ours.isInput() ? ours.raw() : () -> {};
                Registration resize = session.world().signals().onResize(this::resize)) {
            return command.run(session.out(), session.err());
        }
    }

    /** Tells the command's terminal, if it has one, the size of the user's. */
    void resize() {
        Terminal ours = session.world().terminal();
        if (terminal && ours.isOutput()) {
            command.resize(ours.size().rows(), ours.size().columns());
        }
    }
}
