package dev.jcompose.cli.world;

/** Which of the three streams are terminals, and what can be done with those. */
public interface Terminal {

    /** Whether standard input is one. */
    boolean isInput();

    /** Whether standard output is one. */
    boolean isOutput();

    /** Whether standard error is one. */
    boolean isError();

    /** Its size now; 24 by 80 when it cannot be told. */
    Size size();

    /**
     * Turns line editing, echo and signal keys of the input off, until the registration is closed.
     *
     * @throws IllegalStateException if the input is no terminal
     */
    Registration raw();

    /**
     * Gives each key that is pressed at once and without echo, until the registration is closed; signal keys and what
     * is printed stay as they are.
     *
     * @throws IllegalStateException if the input is no terminal
     */
    Registration keys();

    /** Whether the input is a terminal and its keys go to this command, not to another job of the shell. */
    boolean isForeground();

    /** Rows and columns, at least 1. */
    record Size(int rows, int columns) {}

    /** A terminal that is none. */
    Terminal NONE = new Terminal() {
        @Override
        public boolean isInput() {
            return false;
        }

        @Override
        public boolean isOutput() {
            return false;
        }

        @Override
        public boolean isError() {
            return false;
        }

        @Override
        public Size size() {
            return new Size(24, 80);
        }

        @Override
        public Registration raw() {
            throw new IllegalStateException("the input is no terminal");
        }

        @Override
        public Registration keys() {
            throw new IllegalStateException("the input is no terminal");
        }

        @Override
        public boolean isForeground() {
            return false;
        }
    };
}
