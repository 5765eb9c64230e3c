package io.statehub.sidecar.exposure.health;

import io.statehub.sidecar.exposure.http.Answers;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * The groups that there are. Of any other SmallRye says that it is up, which a misspelt probe would believe for good.
 */
@Singleton
class HealthGroups {

    static final String API = "api";
    static final String REPLICATION = "replication";

    private static final Set<String> NAMES = Set.of(API, REPLICATION);
    private static final String PATH = "/q/health/group/";

    /** Before SmallRye's own route. */
    private static final int EARLY = -1;

    void register(@Observes Router router) {
        router.route(PATH + "*").order(EARLY).handler(HealthGroups::onlyKnown);
    }

    private static void onlyKnown(RoutingContext context) {
        String path = context.normalizedPath();
        String group = path.substring(Math.min(PATH.length(), path.length()));
        if (group.isEmpty() || NAMES.contains(group)) {
            context.next();
        } else {
            Answers.json(404, "{\"error\":\"there is no such group; allowed: api, replication\"}", context);
        }
    }
}
