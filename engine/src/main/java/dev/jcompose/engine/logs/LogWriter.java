package dev.jcompose.engine.logs;
public final class LogWriter { public void finish() {} }
