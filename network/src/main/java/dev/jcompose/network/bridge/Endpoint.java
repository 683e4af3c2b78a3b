package dev.jcompose.network.bridge;

/** A container's wish to be on a network; several of them are attached at once. */
public record Endpoint(ContainerNetwork network, AttachmentSpec spec) {}
