package dev.jcompose.engine.server;

import dev.jcompose.engine.home.EngineDirectories;
import dev.jcompose.linux.Linux;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.time.Clock;
import java.util.concurrent.Executors;

/** A process that serves a fake engine in the directories of its environment, until it is told to stop. */
final class FakeEngineProcess {
    private FakeEngineProcess() {}

    public static void main(String[] args) throws Exception {
        EngineDirectories directories = EngineDirectories.of(System.getenv(), false);
        System.out.println("starting");
        ApiServer.start(
                new FakeEngine(),
                null,
                directories.socket(),
                new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()),
                Executors.newCachedThreadPool(),
                Clock.systemUTC(),
                () -> Runtime.getRuntime().halt(0),
                Linux.load());
    }
}
