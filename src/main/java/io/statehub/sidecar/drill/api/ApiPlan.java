package io.statehub.sidecar.drill.api;

import io.statehub.sidecar.drill.ledger.DrillFacts;
import io.statehub.sidecar.drill.report.LedgerSections;
import io.statehub.sidecar.drill.report.PlanText;
import io.statehub.sidecar.drill.report.Words;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an API drill is about to do.
 *
 * @param api its address
 * @param systemIdentifier of the cluster whose API it is, unsigned
 * @param deployment the Deployment and how it is; empty text if Kubernetes is not asked
 * @param trigger what causes the fault
 * @param allowed how long it may take until all is whole again
 * @param rate requests a second to each path
 * @param deadline after which it is not watched any longer
 * @param places what else is to be known, by name, without any secret
 * @param unsound why it should not begin; empty if nothing speaks against it
 */
public record ApiPlan(
        String api,
        String systemIdentifier,
        String deployment,
        String trigger,
        Duration allowed,
        int rate,
        Duration deadline,
        Map<String, String> places,
        List<String> unsound) {

    static final String API = "API";
    static final String DEPLOYMENT = "Deployment";
    static final String ALLOWED_MILLIS = "allowed" + PlanText.IN_MILLIS;

    private static final String RATE = "requests a second to each path";
    private static final String DEADLINE = "deadline";
    private static final String NOT_ASKED = "Kubernetes is not asked: --deployment is not given";

    public ApiPlan {
        places = Map.copyOf(places);
        unsound = List.copyOf(unsound);
    }

    /** As a person sees it before anything is done, and as it is noted in the ledger. */
    PlanText said() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(API, api);
        facts.put(DrillFacts.SYSTEM_IDENTIFIER, systemIdentifier);
        facts.put(DEPLOYMENT, deployment.isEmpty() ? NOT_ASKED : deployment);
        facts.put(LedgerSections.TRIGGER, trigger);
        facts.put(ALLOWED_MILLIS, Long.toString(allowed.toMillis()));
        facts.put(RATE, Integer.toString(rate));
        facts.put(DEADLINE, Words.of(deadline));
        return new PlanText(
                "API drill: a pod of the API is lost on purpose, and how it comes back by itself is measured.",
                facts,
                places,
                unsound);
    }
}
