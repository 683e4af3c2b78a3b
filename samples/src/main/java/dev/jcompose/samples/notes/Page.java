package dev.jcompose.samples.notes;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The one page. */
final class Page {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final String FRAME = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Notes</title>
            <style>
            :root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 20%%, transparent); }
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 38rem; margin: 3rem auto; padding: 0 1rem; }
            form { display: flex; gap: .5rem; margin-bottom: 2rem; }
            input { flex: 1; font: inherit; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .5rem; }
            button { font: inherit; padding: .5rem 1rem; border: 0; border-radius: .5rem; background: #2563eb; color: #fff; }
            ul { list-style: none; padding: 0; }
            li { padding: .75rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; white-space: pre-wrap; }
            time { display: block; font-size: .8rem; opacity: .6; }
            </style>
            </head>
            <body>
            <h1>Notes</h1>
            <form method="post" action="/notes">
            <input name="text" maxlength="%d" placeholder="Write something" aria-label="Note" required autofocus>
            <button>Keep</button>
            </form>
            %s
            </body>
            </html>
            """;

    private Page() {}

    /** The page in HTML, notes in the given order. */
    static String of(List<Note> notes) {
        return FRAME.formatted(
                NotesServer.MAX_CHARACTERS, notes.isEmpty() ? "<p>There are no notes yet.</p>" : list(notes));
    }

    private static String list(List<Note> notes) {
        var list = new StringBuilder("<ul>\n");
        for (Note note : notes) {
            list.append("<li><time datetime=\"").append(note.written()).append("\">");
            list.append(TIME.format(note.written())).append("</time>").append(escape(note.text()));
            list.append("</li>\n");
        }
        return list.append("</ul>").toString();
    }

    /** Makes text show as it is, between tags and in quoted attributes. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
