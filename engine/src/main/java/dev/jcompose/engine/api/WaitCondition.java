package dev.jcompose.engine.api;

/** What to wait for, as the Docker Engine API has it. */
public enum WaitCondition {
    /** That it does not run: at once when it does not now. */
    NOT_RUNNING("not-running"),
    /** The end of the run of now, or of the next one. */
    NEXT_EXIT("next-exit"),
    /** That it has been removed. */
    REMOVED("removed");

    private final String text;

    WaitCondition(String text) {
        this.text = text;
    }

    /** As the API writes it. */
    public String text() {
        return text;
    }

    /**
     * What {@link #text} wrote; an empty text means {@link #NOT_RUNNING}.
     *
     * @throws EngineException of kind {@code INVALID} for any other
     */
    public static WaitCondition parse(String text) {
        for (WaitCondition condition : values()) {
            if (condition.text.equals(text)) {
                return condition;
            }
        }
        if (text.isEmpty()) {
            return NOT_RUNNING;
        }
        throw new EngineException(EngineException.Kind.INVALID, "invalid condition: \"" + text + "\"");
    }
}
