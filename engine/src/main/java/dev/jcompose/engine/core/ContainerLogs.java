package dev.jcompose.engine.core;

import dev.jcompose.engine.assemble.LogPlans;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.lifecycle.ContainerStarter.LogOpener;
import dev.jcompose.engine.logs.ContainerLog;
import dev.jcompose.engine.logs.LogLine;
import dev.jcompose.engine.logs.LogQuery;
import dev.jcompose.engine.logs.LogReader;
import dev.jcompose.engine.logs.LogStream;
import dev.jcompose.engine.logs.LogWriter;
import dev.jcompose.engine.logs.TerminalOutput;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import dev.jcompose.runtime.RunningContainer;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logs of all containers. */
final class ContainerLogs implements LogOpener, DependencyWait.LastLines {
    private static final Logger log = LoggerFactory.getLogger(ContainerLogs.class);

    private final Linux linux;
    private final EventLoop loop;
    private final Clock clock;
    private final Executor workers;
    private final Map<String, ContainerLog> byContainer = new ConcurrentHashMap<>();
    private final Map<String, TerminalOutput> terminals = new ConcurrentHashMap<>();

    ContainerLogs(Linux linux, EventLoop loop, Clock clock, Executor workers) {
        this.workers = workers;
        this.linux = linux;
        this.loop = loop;
        this.clock = clock;
    }

    /** The log of a container, through all its restarts. */
    ContainerLog of(Container container) {
        return byContainer.computeIfAbsent(
                container.config().id(),
                id -> new ContainerLog(
                        linux, container.files().logs(), LogPlans.of(container.service()), clock, workers));
    }

    @Override
    public LogWriter open(Container container, RunningContainer running) throws IOException {
        LogWriter writer = of(container).write(loop, running.openStdout(), running.openStderr());
        if (container.service().tty()) {
            try {
                terminals.put(
                        container.config().id(),
                        TerminalOutput.begin(linux, loop, running.openTerminal(), running.openStdoutForWriting()));
            } catch (IOException e) {
                // Its monitor was killed, and its end comes with that.
                log.warn("the terminal of {} is gone: {}", container, e.getMessage());
            }
        }
        return writer;
    }

    @Override
    public void close(Container container, LogWriter writer, RunningContainer running) throws IOException {
        TerminalOutput terminal = terminals.remove(container.config().id());
        if (terminal != null) {
            terminal.finish();
        }
        writer.finish(Map.of(LogStream.STDOUT, running.stdoutRest(), LogStream.STDERR, running.stderrRest()));
    }

    @Override
    public void forget(Container container) {
        byContainer.remove(container.config().id());
    }

    @Override
    public List<String> of(Container container, int count) {
        List<String> lines = new ArrayList<>();
        try (LogReader reader = of(container).read(LogQuery.ALL.withTail(count))) {
            for (LogLine line = reader.next(); line != null; line = reader.next()) {
                lines.add(line.utf8());
            }
            reader.rest().forEach(line -> lines.add(line.utf8()));
        } catch (IOException e) {
            lines.add("(its log cannot be read: " + e.getMessage() + ")");
        }
        return lines;
    }
}
