package dev.jcompose.runtime.container;

/**
 * A container's processes, as another engine can find them again: a number is believed only together with the time at
 * which the process began, since numbers are used again.
 *
 * @param pid the container's first process, in the engine's pid namespace
 * @param startTimeTicks field 22 of {@code /proc/pid/stat}: clock ticks since boot
 * @param monitorPid the process that waits for it
 * @param monitorStartTimeTicks likewise
 */
public record ContainerProcess(int pid, long startTimeTicks, int monitorPid, long monitorStartTimeTicks) {}
