package dev.jcompose.samples.shop;

import java.security.Security;
import java.util.Map;

/** Starts one of the services of the shop; the argument says which. */
public final class Shop {
    private Shop() {}

    /** Runs until the process gets a signal to stop; a one-shot service until it is done. */
    public static void main(String[] args) throws Exception {
        String role = args.length == 1 ? args[0] : "";
        Settings settings = new Settings(System.getenv());
        // Java would keep what a name resolves to for half a minute, whatever the answer's TTL is.
        Security.setProperty("networkaddress.cache.ttl", "1");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(role + " stops"), "goodbye"));
        switch (role) {
            case "migrate" -> Migration.run(new Database(settings));
            case "report" -> Report.print(new Database(settings));
            case "cache" -> serve(role, settings, new Cache().endpoints());
            case "journal" -> serve(role, settings, new Journal().endpoints());
            case "catalog" -> serve(role, settings, new Catalog(new Database(settings), settings).endpoints());
            case "orders" -> serve(role, settings, new Orders(new Database(settings)).endpoints());
            case "web" -> serve(role, settings, new Web(settings).endpoints());
            case "proxy" -> serve(role, settings, new Proxy(settings).endpoints());
            case "worker" -> new Worker(new Database(settings), settings).run();
            default -> throw new IllegalArgumentException("usage: Shop ROLE; unknown role \"" + role + "\"");
        }
    }

    private static void serve(String role, Settings settings, Map<String, Endpoint> endpoints) throws Exception {
        @SuppressWarnings("resource") // open as long as the process lives
        WebServer server = new WebServer(settings.port(), endpoints);
        server.start();
        System.out.println(role + " listens on port " + server.port());
    }
}
