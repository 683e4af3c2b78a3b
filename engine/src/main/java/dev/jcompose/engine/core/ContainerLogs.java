package dev.jcompose.engine.core;

public final class ContainerLogs implements dev.jcompose.engine.lifecycle.ContainerStarter.LogOpener {
 ContainerLogs(dev.jcompose.linux.Linux l, dev.jcompose.linux.epoll.EventLoop e){}
 public dev.jcompose.engine.logs.LogWriter open(dev.jcompose.engine.container.Container c, dev.jcompose.runtime.RunningContainer r){return new dev.jcompose.engine.logs.LogWriter();}
}
