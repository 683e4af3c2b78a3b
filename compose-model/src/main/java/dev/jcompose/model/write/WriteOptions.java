package dev.jcompose.model.write;

/**
 * How a project is written.
 *
 * @param escapeDollars every literal {@code $} is written as {@code $$}, so that the output can be loaded again
 * @param complete also what {@code config} leaves out: values of secrets, disabled services, directories, {@code x-*}
 *     keys everywhere
 */
public record WriteOptions(boolean escapeDollars, boolean complete) {

    /** As {@code config} prints it. */
    public static final WriteOptions CONFIG = new WriteOptions(true, false);

    /** As it travels between processes and rests in state files: everything, verbatim. */
    public static final WriteOptions COMPLETE = new WriteOptions(false, true);
}
