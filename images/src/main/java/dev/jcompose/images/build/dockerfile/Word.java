package dev.jcompose.images.build.dockerfile;

/** A part of an instruction as it was written, quotes and variables included. */
public record Word(String text, Position at) {}
