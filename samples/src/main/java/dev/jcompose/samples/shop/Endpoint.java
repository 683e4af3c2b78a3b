package dev.jcompose.samples.shop;

import java.net.URI;

/** What answers requests to one path and those below it. */
@FunctionalInterface
interface Endpoint {

    /** Answers; any exception becomes a 502. */
    Answer answer(Request request) throws Exception;

    /**
     * What is asked.
     *
     * @param body empty for none
     */
    record Request(String method, URI uri, String body) {
        String path() {
            return uri.getPath();
        }
    }

    /** What is answered. */
    record Answer(int status, String type, String body) {
        static Answer text(String body) {
            return new Answer(200, "text/plain", body);
        }

        static Answer html(String body) {
            return new Answer(200, "text/html", body);
        }

        static Answer none(int status) {
            return new Answer(status, "text/plain", "");
        }
    }
}
