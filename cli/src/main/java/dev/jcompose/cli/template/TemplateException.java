package dev.jcompose.cli.template;

/** A mistake in a template, or one that shows when it meets a value: {@code template:1:4: ...}, counted from 1. */
public final class TemplateException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    TemplateException(Place place, String problem) {
        super(place + ": " + problem);
    }
}
