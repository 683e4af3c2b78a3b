package dev.jcompose.cli.session;

/**
 * A command that only looks: it changes nothing, asks nothing, and needs neither signals nor the terminal's keys. So it
 * can run without a process of its own that speaks for its client.
 */
public interface Query extends ComposeCommand {}
