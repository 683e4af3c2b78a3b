package dev.jcompose.cli.template;

/**
 * Where something is in a template.
 *
 * @param template the whole text
 * @param offset in chars from 0
 */
record Place(String template, int offset) {

    @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a library of its own
    TemplateException problem(String format, Object... values) {
        return new TemplateException(this, format.formatted(values));
    }

    @Override
    public String toString() {
        String before = template.substring(0, offset);
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return "template:%d:%d".formatted(line, offset - before.lastIndexOf('\n'));
    }
}
