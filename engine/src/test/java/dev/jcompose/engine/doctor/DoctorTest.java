package dev.jcompose.engine.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.doctor.Finding.Verdict;
import dev.jcompose.engine.home.EngineDirectories;
import dev.jcompose.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private static final Rights ALL = new Rights(true, List.of());
    private static final Rights NONE = new Rights(false, List.of("CAP_SYS_ADMIN"));

    @TempDir
    Path directory;

    @Test
    void looksAtEverythingWithWhateverRightsItHas() throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        List<Finding> findings =
                new Doctor(new EngineDirectories(data, directory.resolve("run")), Optional.empty()).examine();
        assertThat(findings)
                .extracting(Finding::topic)
                .contains("rights", "kernel", "cgroups", "network", "names", "storage", "process", "engine");
        assertThat(findings)
                .filteredOn(finding -> finding.verdict() == Verdict.FAILURE || finding.verdict() == Verdict.WARNING)
                .allSatisfy(finding ->
                        assertThat(finding.remedy()).as(finding.toString()).isNotEmpty());
        assertThat(findings)
                .extracting(Finding::subject)
                .as("nothing went wrong")
                .doesNotContain("rest");
        assertThat(data).as("nothing is left behind").isEmptyDirectory();
    }

    @Test
    void rightsAreReadFromTheStatusOfTheProcess() {
        assertThat(Rights.of(List.of("Uid:\t0\t0\t0\t0", "CapEff:\t000001ffffffffff"))
                        .suffice())
                .isTrue();
        assertThat(Rights.of(List.of("Uid:\t0\t1000\t0\t0", "CapEff:\t0000000000000000"))
                        .root())
                .as("the effective user counts")
                .isFalse();
        // Docker's default set.
        assertThat(Rights.of(List.of("Uid:\t0\t0\t0\t0", "CapEff:\t00000000a80425fb"))
                        .missing())
                .containsExactly("CAP_NET_ADMIN", "CAP_SYS_ADMIN");
    }

    @Test
    void anOldKernelAndForbiddenNamespacesAreFailures() throws IOException {
        Path proc = proc("4.19.0-x", "7", "nodev\tproc\n\text4\n");
        Files.writeString(proc.resolve("sys/user/max_net_namespaces"), "0\n");
        List<Finding> findings = kernel(proc, ALL);
        assertThat(of(findings, "version").verdict()).isEqualTo(Verdict.FAILURE);
        assertThat(of(findings, "namespaces").verdict()).isEqualTo(Verdict.FAILURE);
        assertThat(of(findings, "namespaces").remedy()).isEqualTo("sysctl -w user.max_net_namespaces=10000");
        assertThat(of(findings, "file systems").remedy()).contains("modprobe overlay");
        assertThat(of(findings, "seccomp").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void whatNeedsRightsIsUnknownWithoutThem() throws IOException {
        List<Finding> findings = kernel(proc("6.1.0", "7", ""), NONE);
        assertThat(of(findings, "version").verdict()).isEqualTo(Verdict.OK);
        assertThat(of(findings, "namespaces").verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(of(findings, "namespaces").remedy()).contains("sudo");
    }

    @Test
    void whoIsNotRootIsTold() throws IOException {
        Findings findings = new Findings("rights");
        NONE.report(findings);
        assertThat(of(findings.all(), "user").verdict()).isEqualTo(Verdict.FAILURE);
        assertThat(of(findings.all(), "user").remedy()).contains("sudo");
    }

    @Test
    void damagedFilesOfContainersAreShown() throws IOException {
        Files.createDirectories(directory.resolve("data/quarantine/abc"));
        Findings findings = new Findings("engine");
        EngineDirectories directories = new EngineDirectories(directory.resolve("data"), directory.resolve("run"));
        new EngineCheck(directories, Optional.empty()).report(findings);
        assertThat(of(findings.all(), "damaged files").found()).startsWith("1 containers' in ");
    }

    private static List<Finding> kernel(Path proc, Rights rights) throws IOException {
        Findings findings = new Findings("kernel");
        new KernelCheck(Linux.load(), rights, proc).report(findings);
        return findings.all();
    }

    private Path proc(String release, String limit, String fileSystems) throws IOException {
        Path proc = Files.createDirectory(directory.resolve("proc"));
        Files.createDirectories(proc.resolve("sys/kernel/seccomp"));
        Files.createDirectories(proc.resolve("sys/user"));
        Files.createDirectories(proc.resolve("self/ns"));
        for (String namespace : List.of("cgroup", "ipc", "mnt", "net", "pid", "uts")) {
            Files.createFile(proc.resolve("self/ns/" + namespace));
            Files.writeString(proc.resolve("sys/user/max_" + namespace + "_namespaces"), limit);
        }
        Files.writeString(proc.resolve("sys/kernel/osrelease"), release);
        Files.writeString(proc.resolve("sys/kernel/seccomp/actions_avail"), "kill errno allow");
        Files.writeString(proc.resolve("filesystems"), fileSystems);
        return proc;
    }

    private static Finding of(List<Finding> findings, String subject) {
        return findings.stream()
                .filter(finding -> finding.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }
}
