package dev.jcompose.model;

/**
 * Memory limits of a service. Zero or null is unset.
 *
 * @param limit {@code mem_limit}, bytes
 * @param reservation {@code mem_reservation}, bytes
 * @param swapLimit {@code memswap_limit}, bytes of memory plus swap; -1 is unlimited
 * @param swappiness {@code mem_swappiness}, 0 to 100
 * @param oomKillDisable {@code oom_kill_disable}
 * @param oomScoreAdj {@code oom_score_adj}, -1000 to 1000
 * @param shmSize {@code shm_size}, bytes of {@code /dev/shm}
 */
public record Memory(
        long limit,
        long reservation,
        long swapLimit,
        long swappiness,
        boolean oomKillDisable,
        int oomScoreAdj,
        long shmSize) {

    /** Nothing limited. */
    public static final Memory NONE = new Memory(0, 0, 0, 0, false, 0, 0);
}
