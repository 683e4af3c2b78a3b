package dev.jcompose.engine.core;

import dev.jcompose.engine.assemble.LogPlan;
import dev.jcompose.engine.assemble.LogPlans;
import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.ContainerConfig;
import dev.jcompose.engine.lifecycle.ContainerStarter.LogOpener;
import dev.jcompose.engine.logs.ContainerLog;
import dev.jcompose.engine.logs.LogLine;
import dev.jcompose.engine.logs.LogQuery;
import dev.jcompose.engine.logs.LogReader;
import dev.jcompose.engine.logs.LogStream;
import dev.jcompose.engine.logs.LogWriter;
import dev.jcompose.engine.logs.TerminalOutput;
import dev.jcompose.engine.logs.syslog.SyslogDelivery;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.epoll.EventLoop;
import dev.jcompose.runtime.RunningContainer;
import java.io.IOException;
import java.nio.file.Path;
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

    private static final int SHORT_ID = 12;

    private final Linux linux;
    private final EventLoop loop;
    private final Clock clock;
    private final Executor workers;
    private final SyslogDelivery syslog;
    private final Map<String, ContainerLog> byContainer = new ConcurrentHashMap<>();
    private final Map<String, TerminalOutput> terminals = new ConcurrentHashMap<>();

    ContainerLogs(Linux linux, EventLoop loop, Clock clock, Executor workers, SyslogDelivery syslog) {
        this.syslog = syslog;
        this.workers = workers;
        this.linux = linux;
        this.loop = loop;
        this.clock = clock;
    }

    /** The log of a container, through all its restarts. */
    ContainerLog of(Container container) {
        return byContainer.computeIfAbsent(container.config().id(), id -> {
            LogPlan plan = LogPlans.of(container.service());
            return new ContainerLog(linux, directory(container, plan), plan.limits(), plan.kept(), clock, workers);
        });
    }

    private static Path directory(Container container, LogPlan plan) {
        return plan.kept() ? container.files().logs() : container.files().liveOutput();
    }

    @Override
    public LogWriter open(Container container, RunningContainer running) throws IOException {
        ContainerLog output = of(container);
        LogWriter writer = output.write(loop, running.openStdout(), running.openStderr());
        LogPlan plan = LogPlans.of(container.service());
        if (plan.syslog() != null) {
            syslog.begin(container.config().id(), output, directory(container, plan), plan.syslog(), facts(container));
        }
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

    /** For the tags of lines. */
    private static Map<String, String> facts(Container container) {
        ContainerConfig config = container.config();
        return Map.of(
                "ID", config.shortId(),
                "FullID", config.id(),
                "Name", config.name(),
                "ImageID", config.imageId().replaceFirst("^sha256:", "").substring(0, SHORT_ID),
                "ImageFullID", config.imageId(),
                "ImageName", container.imageName(),
                "DaemonName", "jcompose");
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
