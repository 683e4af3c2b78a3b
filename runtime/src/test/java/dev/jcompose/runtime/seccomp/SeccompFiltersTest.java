package dev.jcompose.runtime.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.linux.Arch;
import dev.jcompose.runtime.capability.Capability;
import dev.jcompose.runtime.capability.CapabilitySet;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SeccompFiltersTest {
    private static final int ALLOW = 0x7fff0000;
    private static final int EPERM = 0x00050000 | 1;
    private static final int ENOSYS = 0x00050000 | 38;
    private static final int KILL = 0x80000000;

    private static SeccompFilter filter(Abi abi, CapabilitySet capabilities) {
        Arch arch = abi == Abi.AARCH64 || abi == Abi.ARM ? Arch.AARCH64 : Arch.X86_64;
        return new SeccompFilters(arch).forCapabilities(capabilities);
    }

    private static int decide(Abi abi, CapabilitySet capabilities, String call, long... arguments) {
        int number = SyscallTable.load(abi).number(call).orElseThrow();
        return new BpfInterpreter(filter(abi, capabilities)).run(abi.auditArch(), number, arguments);
    }

    @ParameterizedTest
    @EnumSource(Abi.class)
    void ordinaryCallsAreAllowedAndDangerousOnesFailAsNotPermitted(Abi abi) {
        for (String call : List.of("read", "openat", "execve", "futex", "chroot", "ptrace", "mseal", "statmount")) {
            assertThat(decide(abi, CapabilitySet.DEFAULT, call)).as(call).isEqualTo(ALLOW);
        }
        for (String call : List.of(
                "mount",
                "bpf",
                "unshare",
                "setns",
                "keyctl",
                "add_key",
                "io_uring_setup",
                "userfaultfd",
                "kexec_load",
                "swapon",
                "reboot",
                "init_module",
                "open_by_handle_at",
                "perf_event_open",
                "pidfd_getfd",
                "pivot_root",
                "settimeofday",
                "acct",
                "syslog",
                "mbind",
                "vhangup",
                "fsopen",
                "open_tree",
                "nfsservctl")) {
            if (SyscallTable.load(abi).numbers().containsKey(call)) {
                assertThat(decide(abi, CapabilitySet.DEFAULT, call)).as(call).isEqualTo(EPERM);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Abi.class)
    void everyNumberIsDecidedAsTheTableSays(Abi abi) {
        BpfInterpreter program = new BpfInterpreter(filter(abi, CapabilitySet.DEFAULT));
        Set<String> allowed = names(DefaultProfile.RULES.stream()
                .filter(rule -> rule.countsFor(CapabilitySet.DEFAULT))
                .filter(rule -> rule.decision() instanceof Decision.Allow)
                .toList());
        Set<String> byArgument = Set.of("clone", "socket", "personality");
        SyscallTable.load(abi).numbers().forEach((name, number) -> {
            if (!byArgument.contains(name)) {
                // Two names may stand for one number: it is allowed when either is.
                boolean allows = SyscallTable.load(abi).numbers().entrySet().stream()
                        .anyMatch(call -> call.getValue().equals(number) && allowed.contains(call.getKey()));
                int expected = allows ? ALLOW : name.equals("clone3") ? ENOSYS : EPERM;
                assertThat(program.run(abi.auditArch(), number)).as(name).isEqualTo(expected);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Abi.class)
    void numbersNewerThanTheProfileAndUnusedOnesDoNotExist(Abi abi) {
        Map<String, Integer> numbers = SyscallTable.load(abi).numbers();
        Set<Integer> known = new HashSet<>(numbers.values());
        int base = abi == Abi.X32 ? 0x40000000 : 0;
        BpfInterpreter program = new BpfInterpreter(filter(abi, CapabilitySet.ALL));
        int unknown = 0;
        for (int number = base; number < base + 2000; number++) {
            if (!known.contains(number)) {
                unknown++;
                assertThat(program.run(abi.auditArch(), number))
                        .as("number " + number)
                        .isEqualTo(ENOSYS);
            }
        }
        assertThat(unknown).isGreaterThan(1400);
        assertThat(program.run(abi.auditArch(), -1)).isEqualTo(ENOSYS);
    }

    @ParameterizedTest
    @CsvSource({
        "1,true",
        "2,true",
        "10,true",
        "12,false",
        "16,true",
        "17,true",
        "23,false",
        "37,false",
        "38,false",
        "39,true",
        "40,false",
        "41,true",
        "45,true",
        "46,false",
        "-1,false"
    })
    void onlyUsefulAddressFamiliesMakeSockets(long family, boolean allowed) {
        for (Abi abi : Abi.values()) {
            assertThat(decide(abi, CapabilitySet.DEFAULT, "socket", family, 1, 0))
                    .as(abi.toString())
                    .isEqualTo(allowed ? ALLOW : EPERM);
        }
    }

    @Test
    void bitsThatTheKernelIgnoresDoNotHideAnAddressFamily() {
        assertThat(decide(Abi.X86_64, CapabilitySet.DEFAULT, "socket", 0x7_0000_0026L))
                .isEqualTo(EPERM);
        assertThat(decide(Abi.X86_64, CapabilitySet.DEFAULT, "socket", 0xffff_ffff_0000_0028L))
                .isEqualTo(EPERM);
    }

    @ParameterizedTest
    @CsvSource({"0,true", "8,true", "0x20000,true", "0x20008,true", "0xffffffff,true", "0x40000,false", "9,false"})
    void onlyPersonalitiesThatWeakenNothingAreAllowed(String persona, boolean allowed) {
        assertThat(decide(Abi.X86_64, CapabilitySet.DEFAULT, "personality", Long.decode(persona)))
                .isEqualTo(allowed ? ALLOW : EPERM);
    }

    @Test
    void cloneMakesThreadsAndProcessesButNoNamespaces() {
        long threadFlags = 0x3d0f00;
        int sigchld = 17;
        assertThat(decide(Abi.X86_64, CapabilitySet.DEFAULT, "clone", threadFlags))
                .isEqualTo(ALLOW);
        assertThat(decide(Abi.X86_64, CapabilitySet.DEFAULT, "clone", sigchld)).isEqualTo(ALLOW);
        for (long namespace :
                new long[] {0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000}) {
            for (Abi abi : Abi.values()) {
                assertThat(decide(abi, CapabilitySet.DEFAULT, "clone", namespace | sigchld))
                        .isEqualTo(EPERM);
            }
            assertThat(decide(Abi.AARCH64, CapabilitySet.of(Capability.SYS_ADMIN), "clone", namespace))
                    .isEqualTo(ALLOW);
        }
    }

    @Test
    void clone3DoesNotExistUnlessNamespacesAreAllowed() {
        assertThat(decide(Abi.X86_64, CapabilitySet.DEFAULT, "clone3")).isEqualTo(ENOSYS);
        assertThat(decide(Abi.X86_64, CapabilitySet.of(Capability.SYS_ADMIN), "clone3"))
                .isEqualTo(ALLOW);
    }

    @ParameterizedTest
    @CsvSource({
        "SYS_ADMIN,mount",
        "SYS_ADMIN,unshare",
        "SYS_ADMIN,bpf",
        "BPF,bpf",
        "PERFMON,perf_event_open",
        "DAC_READ_SEARCH,open_by_handle_at",
        "SYS_BOOT,reboot",
        "SYS_CHROOT,chroot",
        "SYS_MODULE,init_module",
        "SYS_NICE,mbind",
        "SYS_PACCT,acct",
        "SYS_PTRACE,pidfd_getfd",
        "SYS_RAWIO,iopl",
        "SYS_TIME,clock_settime",
        "SYS_TTY_CONFIG,vhangup",
        "SYSLOG,syslog"
    })
    void aCapabilityBringsItsCalls(Capability capability, String call) {
        assertThat(decide(Abi.X86_64, CapabilitySet.of(capability), call)).isEqualTo(ALLOW);
        assertThat(decide(Abi.X86_64, CapabilitySet.NONE, call)).isEqualTo(EPERM);
    }

    @Test
    void aForeignArchitectureIsKilled() {
        int mips = 8;
        assertThat(new BpfInterpreter(filter(Abi.X86_64, CapabilitySet.ALL)).run(mips, 1))
                .isEqualTo(KILL);
        assertThat(new BpfInterpreter(filter(Abi.X86_64, CapabilitySet.ALL)).run(Abi.AARCH64.auditArch(), 1))
                .isEqualTo(KILL);
    }

    @ParameterizedTest
    @EnumSource(Arch.class)
    void theProgramIsSmallAndItsSearchShort(Arch arch) {
        SeccompFilter filter = new SeccompFilters(arch).forCapabilities(CapabilitySet.DEFAULT);
        assertThat(filter.length()).isLessThan(1200);
        assertThat(filter.toBytes()).hasSize(8 * filter.length());
        BpfInterpreter program = new BpfInterpreter(filter);
        for (Abi abi : Abi.of(arch)) {
            for (int number : SyscallTable.load(abi).numbers().values()) {
                program.run(abi.auditArch(), number);
                assertThat(program.steps()).as(abi + " " + number).isLessThan(45);
            }
        }
    }

    @Test
    void aFilterIsCompiledOncePerSetOfCapabilitiesThatMatter() {
        SeccompFilters filters = new SeccompFilters(Arch.X86_64);
        assertThat(filters.forCapabilities(CapabilitySet.of(Capability.CHOWN, Capability.SYS_CHROOT)))
                .isSameAs(filters.forCapabilities(CapabilitySet.of(Capability.KILL, Capability.SYS_CHROOT)))
                .isNotSameAs(filters.forCapabilities(CapabilitySet.NONE));
    }

    @Test
    void everyNameOfTheProfileIsACallSomewhere() {
        Set<String> known = Arrays.stream(Abi.values())
                .flatMap(abi -> SyscallTable.load(abi).numbers().keySet().stream())
                .collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>(names(DefaultProfile.RULES));
        unknown.removeAll(known);
        assertThat(unknown).isEmpty();
    }

    private static Set<String> names(List<SyscallRule> rules) {
        return rules.stream().flatMap(rule -> rule.names().stream()).collect(Collectors.toSet());
    }
}
