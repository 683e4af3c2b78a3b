package dev.jcompose.engine.exec;

import dev.jcompose.linux.ErrnoException;
import dev.jcompose.linux.EventCalls;
import dev.jcompose.linux.ExitStatus;
import dev.jcompose.linux.epoll.EventLoop;
import dev.jcompose.runtime.ExecProcess;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Waits for the end of a command without a thread. */
final class ProcessEnd {
    private ProcessEnd() {}

    /** Ends, on the loop's thread, when the process has; it must stay open until then. */
    static CompletableFuture<ExitStatus> of(EventLoop loop, ExecProcess process) {
        CompletableFuture<ExitStatus> ended = new CompletableFuture<>();
        CompletableFuture<EventLoop.Registration> watch = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                watch.complete(loop.register(process.exitFd(), EventCalls.EPOLLIN, events -> {
                    watch.join().close();
                    complete(process, ended);
                }));
            } catch (ErrnoException e) {
                ended.completeExceptionally(e);
            }
        });
        return ended;
    }

    private static void complete(ExecProcess process, CompletableFuture<ExitStatus> ended) {
        try {
            ended.complete(process.exit().orElseThrow());
        } catch (IOException | RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }
}
