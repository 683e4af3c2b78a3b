# The interpreter of a launch program, for x86-64. Java carries its bytes (Interpreter.java); a test assembles this file
# and compares:
#
#     as -o launch.o launch-x86_64.S && objcopy -O binary -j .text launch.o launch.bin
#
# A table of entries lies at TABLE, in the writable segment. An entry is ten 8-byte words:
#
#      0  nr        system call number; -1: the program ends with status 0; -2: it becomes the init process of the
#                   process whose pid is in a0
#      8  a0 .. a5  its arguments
#     56  out       0, or a list of addresses, ended by 0, at which the result is stored as well: arguments of later
#                   entries, or fields of structures
#     64  flags     1  failure is fine, go on
#                   2  on a result above 0 go on with the entry at a5: the parent's side of clone(2)
#                   4  a result of 0 is a failure: the end of a file
#                   the upper half is the entry's index, for whoever reads the report
#     72  result    what the system call returned
#
# On failure the entry is written to descriptor 3, and the program ends with status 1.
#
# As init it takes the signals that its table has blocked one by one. SIGCHLD: it reaps whatever has ended, and ends when
# that is its process, with the same status, or 128 and the signal that killed it. All others it sends on to its process.

        .set    TABLE, 0x410400
        .set    SYS_write, 1
        .set    SYS_exit, 60
        .set    SYS_wait4, 61
        .set    SYS_kill, 62
        .set    SYS_rt_sigtimedwait, 128
        .set    SIGCHLD, 17
        .set    WNOHANG, 1
        .set    SIGSET_BYTES, 8
        .set    REPORT_FD, 3
        .set    ENTRY_BYTES, 80

        .text
        .globl  _start
_start:
        movl    $TABLE, %ebx
entry:
        movq    (%rbx), %rax
        testq   %rax, %rax
        js      end
        movq    8(%rbx), %rdi
        movq    16(%rbx), %rsi
        movq    24(%rbx), %rdx
        movq    32(%rbx), %r10
        movq    40(%rbx), %r8
        movq    48(%rbx), %r9
        syscall
        movq    %rax, 72(%rbx)
        movq    64(%rbx), %rcx
        testq   %rax, %rax
        js      failed
        movq    56(%rbx), %rdx
        testq   %rdx, %rdx
        jz      stored
store:
        movq    (%rdx), %rsi
        testq   %rsi, %rsi
        jz      stored
        movq    %rax, (%rsi)
        addq    $8, %rdx
        jmp     store
stored:
        testq   %rax, %rax
        jz      zero
        testb   $2, %cl
        jz      next
        movq    48(%rbx), %rbx
        jmp     entry
zero:
        testb   $4, %cl
        jnz     report
next:
        addq    $ENTRY_BYTES, %rbx
        jmp     entry
failed:
        testb   $1, %cl
        jnz     next
report:
        movl    $SYS_write, %eax
        movl    $REPORT_FD, %edi
        movq    %rbx, %rsi
        movl    $ENTRY_BYTES, %edx
        syscall
        movl    $1, %edi
        jmp     exit
end:
        incq    %rax
        jnz     init
        xorl    %edi, %edi
exit:
        movl    $SYS_exit, %eax
        syscall
init:
        movq    8(%rbx), %rbx
        pushq   $0                              # a wait status
        pushq   $-1                             # all signals
await:
        movl    $SYS_rt_sigtimedwait, %eax
        movq    %rsp, %rdi
        xorl    %esi, %esi
        xorl    %edx, %edx
        movl    $SIGSET_BYTES, %r10d
        syscall
        testl   %eax, %eax
        js      await
        cmpl    $SIGCHLD, %eax
        je      reap
        movl    %eax, %esi
        movl    %ebx, %edi
        movl    $SYS_kill, %eax
        syscall
        jmp     await
reap:
        movl    $SYS_wait4, %eax
        movq    $-1, %rdi
        leaq    8(%rsp), %rsi
        movl    $WNOHANG, %edx
        xorl    %r10d, %r10d
        syscall
        testl   %eax, %eax
        jle     await
        cmpl    %ebx, %eax
        jne     reap
        movl    8(%rsp), %edi
        movl    %edi, %eax
        shrl    $8, %edi
        andl    $0x7f, %eax
        jz      exit
        leal    128(%rax), %edi
        jmp     exit
