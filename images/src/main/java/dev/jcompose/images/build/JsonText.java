package dev.jcompose.images.build;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Texts as a JSON array, for people. */
final class JsonText {
    private JsonText() {}

    static String array(List<String> texts) {
        return JsonMapper.shared().writeValueAsString(texts);
    }
}
