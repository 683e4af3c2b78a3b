package dev.jcompose.runtime.seccomp;

import static dev.jcompose.runtime.capability.Capability.BPF;
import static dev.jcompose.runtime.capability.Capability.DAC_READ_SEARCH;
import static dev.jcompose.runtime.capability.Capability.PERFMON;
import static dev.jcompose.runtime.capability.Capability.SYSLOG;
import static dev.jcompose.runtime.capability.Capability.SYS_ADMIN;
import static dev.jcompose.runtime.capability.Capability.SYS_BOOT;
import static dev.jcompose.runtime.capability.Capability.SYS_CHROOT;
import static dev.jcompose.runtime.capability.Capability.SYS_MODULE;
import static dev.jcompose.runtime.capability.Capability.SYS_NICE;
import static dev.jcompose.runtime.capability.Capability.SYS_PACCT;
import static dev.jcompose.runtime.capability.Capability.SYS_PTRACE;
import static dev.jcompose.runtime.capability.Capability.SYS_RAWIO;
import static dev.jcompose.runtime.capability.Capability.SYS_TIME;
import static dev.jcompose.runtime.capability.Capability.SYS_TTY_CONFIG;
import static dev.jcompose.runtime.seccomp.Decision.ALLOW;
import static dev.jcompose.runtime.seccomp.SyscallRule.always;
import static dev.jcompose.runtime.seccomp.SyscallRule.with;
import static dev.jcompose.runtime.seccomp.SyscallRule.without;

import dev.jcompose.linux.Errno;
import dev.jcompose.runtime.seccomp.ArgumentTest.IntRange;
import dev.jcompose.runtime.seccomp.ArgumentTest.MaskedEqual;
import java.util.List;

/**
 * What Docker allows by default. Everything else that is known fails with {@code EPERM}; what is newer than this table
 * fails with {@code ENOSYS}, so that programs fall back to what they did before there was that call.
 *
 * <p>As in Docker, a 32-bit x86 program can make any socket through {@code socketcall}, whose arguments a filter cannot
 * see, and which C libraries for 32 bits still use for every socket.
 *
 * @see <a href="https://docs.docker.com/engine/security/seccomp/">Seccomp security profiles for Docker</a>
 */
final class DefaultProfile {
    /** {@code CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET}. */
    private static final int NAMESPACE_FLAGS = 0x7e02_0000;

    /** Address families up to MCTP, without DECnet, Econet, ATM SVC, IrDA, WANPIPE, IUCV, CAIF, ALG and VSOCK. */
    private static final Decision SOCKET_FAMILIES = new Decision.AllowIf(List.of(
            new IntRange(0, 0, 11),
            new IntRange(0, 13, 18),
            new IntRange(0, 21, 22),
            IntRange.only(0, 24),
            new IntRange(0, 26, 33),
            new IntRange(0, 35, 36),
            IntRange.only(0, 39),
            new IntRange(0, 41, 45)));

    /** PER_LINUX and PER_LINUX32, each with and without UNAME26, and the question which one is set. */
    private static final Decision PERSONALITIES = new Decision.AllowIf(List.of(
            IntRange.only(0, 0),
            IntRange.only(0, 0x8),
            IntRange.only(0, 0x2_0000),
            IntRange.only(0, 0x2_0008),
            IntRange.only(0, 0xffff_ffff)));

    private static final Decision NO_NEW_NAMESPACES =
            new Decision.AllowIf(List.of(new MaskedEqual(0, NAMESPACE_FLAGS, 0)));

    private static final String HARMLESS = """
            _llseek _newselect accept accept4 access adjtimex alarm arch_prctl arm_fadvise64_64 arm_sync_file_range
            bind breakpoint brk cachestat cacheflush capget capset chdir chmod chown chown32 clock_adjtime
            clock_adjtime64 clock_getres clock_getres_time64 clock_gettime clock_gettime64 clock_nanosleep
            clock_nanosleep_time64 close close_range connect copy_file_range creat dup dup2 dup3 epoll_create
            epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2 epoll_wait epoll_wait_old eventfd eventfd2
            execve execveat exit exit_group faccessat faccessat2 fadvise64 fadvise64_64 fallocate fanotify_mark fchdir
            fchmod fchmodat fchmodat2 fchown fchown32 fchownat fcntl fcntl64 fdatasync fgetxattr flistxattr flock fork
            fremovexattr fsetxattr fstat fstat64 fstatat64 fstatfs fstatfs64 fsync ftruncate ftruncate64 futex
            futex_requeue futex_time64 futex_wait futex_waitv futex_wake futimesat get_robust_list get_thread_area
            getcpu getcwd getdents getdents64 getegid getegid32 geteuid geteuid32 getgid getgid32 getgroups getgroups32
            getitimer getpeername getpgid getpgrp getpid getppid getpriority getrandom getresgid getresgid32 getresuid
            getresuid32 getrlimit getrusage getsid getsockname getsockopt gettid gettimeofday getuid getuid32 getxattr
            getxattrat inotify_add_watch inotify_init inotify_init1 inotify_rm_watch io_cancel io_destroy io_getevents
            io_pgetevents io_pgetevents_time64 io_setup io_submit ioctl ioprio_get ioprio_set ipc kill
            landlock_add_rule landlock_create_ruleset landlock_restrict_self lchown lchown32 lgetxattr link linkat
            listen listmount listxattr listxattrat llistxattr lremovexattr lseek lsetxattr lstat lstat64 madvise
            map_shadow_stack membarrier memfd_create memfd_secret mincore mkdir mkdirat mknod mknodat mlock mlock2
            mlockall mmap mmap2 modify_ldt mprotect mq_getsetattr mq_notify mq_open mq_timedreceive
            mq_timedreceive_time64 mq_timedsend mq_timedsend_time64 mq_unlink mremap mseal msgctl msgget msgrcv msgsnd
            msync munlock munlockall munmap name_to_handle_at nanosleep newfstatat open openat openat2 pause pidfd_open
            pidfd_send_signal pipe pipe2 pkey_alloc pkey_free pkey_mprotect poll ppoll ppoll_time64 prctl pread64
            preadv preadv2 prlimit64 process_mrelease process_vm_readv process_vm_writev pselect6 pselect6_time64
            ptrace pwrite64 pwritev pwritev2 read readahead readlink readlinkat readv recv recvfrom recvmmsg
            recvmmsg_time64 recvmsg remap_file_pages removexattr removexattrat rename renameat renameat2
            restart_syscall rmdir rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn
            rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 rt_tgsigqueueinfo sched_get_priority_max
            sched_get_priority_min sched_getaffinity sched_getattr sched_getparam sched_getscheduler
            sched_rr_get_interval sched_rr_get_interval_time64 sched_setaffinity sched_setattr sched_setparam
            sched_setscheduler sched_yield seccomp select semctl semget semop semtimedop semtimedop_time64 send
            sendfile sendfile64 sendmmsg sendmsg sendto set_robust_list set_thread_area set_tid_address set_tls
            setfsgid setfsgid32 setfsuid setfsuid32 setgid setgid32 setgroups setgroups32 setitimer setpgid setpriority
            setregid setregid32 setresgid setresgid32 setresuid setresuid32 setreuid setreuid32 setrlimit setsid
            setsockopt setuid setuid32 setxattr setxattrat shmat shmctl shmdt shmget shutdown sigaltstack signalfd
            signalfd4 sigprocmask sigreturn socketcall socketpair splice stat stat64 statfs statfs64 statmount statx
            symlink symlinkat sync sync_file_range sync_file_range2 syncfs sysinfo tee tgkill time timer_create
            timer_delete timer_getoverrun timer_gettime timer_gettime64 timer_settime timer_settime64 timerfd_create
            timerfd_gettime timerfd_gettime64 timerfd_settime timerfd_settime64 times tkill truncate truncate64
            ugetrlimit umask uname unlink unlinkat uretprobe utime utimensat utimensat_time64 utimes vfork vmsplice
            wait4 waitid waitpid write writev
            """;

    /** The table. Where several rules name a call, the most generous one that counts wins. */
    static final List<SyscallRule> RULES = List.of(
            always(ALLOW, HARMLESS),
            always(SOCKET_FAMILIES, "socket"),
            always(PERSONALITIES, "personality"),
            always(NO_NEW_NAMESPACES, "clone"),
            // Its flags are in memory, where a filter cannot see them: C libraries then fall back to clone.
            without(SYS_ADMIN, new Decision.Fail(Errno.ENOSYS), "clone3"),
            with(SYS_ADMIN, ALLOW, """
                    bpf clone clone3 fanotify_init fsconfig fsmount fsopen fspick lookup_dcookie lsm_get_self_attr
                    lsm_list_modules lsm_set_self_attr mount mount_setattr move_mount open_tree perf_event_open quotactl
                    quotactl_fd setdomainname sethostname setns syslog umount umount2 unshare
                    """),
            with(BPF, ALLOW, "bpf"),
            with(DAC_READ_SEARCH, ALLOW, "open_by_handle_at"),
            with(PERFMON, ALLOW, "perf_event_open"),
            with(SYS_BOOT, ALLOW, "reboot"),
            with(SYS_CHROOT, ALLOW, "chroot"),
            with(SYSLOG, ALLOW, "syslog"),
            with(SYS_MODULE, ALLOW, "delete_module finit_module init_module"),
            with(SYS_NICE, ALLOW, "get_mempolicy mbind set_mempolicy set_mempolicy_home_node"),
            with(SYS_PACCT, ALLOW, "acct"),
            with(SYS_PTRACE, ALLOW, "kcmp pidfd_getfd process_madvise"),
            with(SYS_RAWIO, ALLOW, "ioperm iopl"),
            with(SYS_TIME, ALLOW, "clock_settime clock_settime64 settimeofday stime"),
            with(SYS_TTY_CONFIG, ALLOW, "vhangup"));

    private DefaultProfile() {}
}
