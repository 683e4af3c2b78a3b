package dev.jcompose.runtime.cgroup;

/** Makes and finds the cgroups of containers. */
public final class Cgroups {}
