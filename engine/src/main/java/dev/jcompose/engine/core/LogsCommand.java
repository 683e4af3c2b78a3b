package dev.jcompose.engine.core;

public final class LogsCommand implements DependencyWait.LastLines {
 LogsCommand(EngineParts p){}
 public java.util.List<String> of(dev.jcompose.engine.container.Container c, int n){return java.util.List.of();}
 void run(dev.jcompose.engine.api.LogsRequest r, dev.jcompose.engine.api.LogListener l){}
}
