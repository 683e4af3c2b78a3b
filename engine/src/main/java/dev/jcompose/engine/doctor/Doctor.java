package dev.jcompose.engine.doctor;

import dev.jcompose.engine.api.EngineVersion;
import dev.jcompose.engine.home.EngineDirectories;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.NativeKernel;
import dev.jcompose.runtime.cgroup.CgroupLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at everything. What cannot be looked at is said, and does not keep it from the rest. */
public final class Doctor {
    private static final Path PROC = Path.of("/proc");
    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

    private final EngineDirectories directories;
    private final Optional<EngineVersion> running;

    /**
     * Looks at nothing yet.
     *
     * @param directories of the engine that the user would get
     * @param running who answers there now
     */
    public Doctor(EngineDirectories directories, Optional<EngineVersion> running) {
        this.directories = directories;
        this.running = running;
    }

    @FunctionalInterface
    private interface Check {
        void report(Findings findings) throws IOException;
    }

    /** Takes about as long as starting a container; a second more for each name server that does not answer. */
    public List<Finding> examine() {
        NativeKernel kernel = new NativeKernel();
        Linux linux = new Linux(kernel);
        Rights rights;
        try {
            rights = Rights.ofThisProcess();
        } catch (IOException e) {
            rights = new Rights(false, List.of());
        }
        Rights ours = rights;
        List<Finding> all = new ArrayList<>();
        all.addAll(look("rights", ours::report));
        all.addAll(look("kernel", new KernelCheck(linux, ours, PROC)::report));
        all.addAll(look("cgroups", findings -> new CgroupCheck(CgroupLayout.detect(), ours).report(findings)));
        all.addAll(look("network", new NetworkCheck(linux, ours)::report));
        all.addAll(look("names", new NameCheck(RESOLV_CONF)::report));
        all.addAll(look("storage", new StorageCheck(linux, kernel, ours, directories)::report));
        all.addAll(look("process", ProcessCheck::report));
        all.addAll(look("engine", new EngineCheck(directories, running)::report));
        return all;
    }

    private static List<Finding> look(String topic, Check check) {
        Findings findings = new Findings(topic);
        try {
            check.report(findings);
        } catch (IOException | RuntimeException e) {
            findings.unknown("rest", "could not be looked at: " + e, "");
        }
        return findings.all();
    }
}
