package dev.jcompose.cli.watch;

import java.io.OutputStream;

/** Where watching tells what it does. */
public interface WatchOutput {

    /** A line about what is done. */
    void say(String line);

    /** Something did not work; watching goes on. */
    void warn(String problem);

    /** Standard output of commands that run after a sync. */
    OutputStream out();

    /** Their standard error. */
    OutputStream err();
}
