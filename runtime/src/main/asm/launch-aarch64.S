// The interpreter of a launch program, for aarch64. What it does, and the form of the table, is said in
// launch-x86_64.S.
//
//     aarch64-linux-gnu-as -o launch.o launch-aarch64.S && aarch64-linux-gnu-objcopy -O binary -j .text launch.o launch.bin

        .set    TABLE, 0x410400
        .set    SYS_write, 64
        .set    SYS_exit, 93
        .set    SYS_kill, 129
        .set    SYS_rt_sigtimedwait, 137
        .set    SYS_wait4, 260
        .set    SIGCHLD, 17
        .set    WNOHANG, 1
        .set    SIGSET_BYTES, 8
        .set    REPORT_FD, 3
        .set    ENTRY_BYTES, 80

        .text
        .globl  _start
_start:
        movz    x19, #(TABLE & 0xffff)
        movk    x19, #(TABLE >> 16), lsl #16
entry:
        ldr     x8, [x19]
        tbnz    x8, #63, end
        ldp     x0, x1, [x19, #8]
        ldp     x2, x3, [x19, #24]
        ldp     x4, x5, [x19, #40]
        svc     #0
        str     x0, [x19, #72]
        ldr     x20, [x19, #64]
        tbnz    x0, #63, failed
        ldr     x21, [x19, #56]
        cbz     x21, stored
store:
        ldr     x22, [x21], #8
        cbz     x22, stored
        str     x0, [x22]
        b       store
stored:
        cbz     x0, zero
        tbz     x20, #1, next
        ldr     x19, [x19, #48]
        b       entry
zero:
        tbnz    x20, #2, report
next:
        add     x19, x19, #ENTRY_BYTES
        b       entry
failed:
        tbnz    x20, #0, next
report:
        mov     x8, #SYS_write
        mov     x0, #REPORT_FD
        mov     x1, x19
        mov     x2, #ENTRY_BYTES
        svc     #0
        mov     x0, #1
        b       exit
end:
        adds    x8, x8, #1
        b.ne    init
        mov     x0, #0
exit:
        mov     x8, #SYS_exit
        svc     #0
init:
        ldr     x20, [x19, #8]
        mov     x0, #-1                         // all signals
        str     x0, [sp, #-16]!
await:
        mov     x8, #SYS_rt_sigtimedwait
        mov     x0, sp
        mov     x1, #0
        mov     x2, #0
        mov     x3, #SIGSET_BYTES
        svc     #0
        tbnz    x0, #63, await
        cmp     x0, #SIGCHLD
        b.eq    reap
        mov     x1, x0
        mov     x0, x20
        mov     x8, #SYS_kill
        svc     #0
        b       await
reap:
        mov     x8, #SYS_wait4
        mov     x0, #-1
        add     x1, sp, #8
        mov     x2, #WNOHANG
        mov     x3, #0
        svc     #0
        cmp     x0, #0
        b.le    await
        cmp     x0, x20
        b.ne    reap
        ldr     w0, [sp, #8]
        ands    w1, w0, #0x7f
        lsr     w0, w0, #8
        b.eq    exit
        add     w0, w1, #128
        b       exit
